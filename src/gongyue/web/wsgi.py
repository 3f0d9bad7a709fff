"""The WSGI application: the page cache in front of Django. The process has been started by `web.bootstrap`."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler

from gongyue.web.cache import PageCache

application = PageCache(WSGIHandler())
