"""A small OpenID provider of the tests' own on localhost: discovery, authorization by redirect, token, user info."""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt

CLIENT, SECRET = "gongyue-tests", "a-secret-of-the-tests-own-and-long-enough"


class Provider:
    """Signs in whoever `person` says: its address, whether it is verified, its opaque subject."""

    def __init__(self) -> None:
        self.person: dict[str, Any] = {}
        self.codes: dict[str, str] = {}
        provider = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                provider.get(self)

            def do_POST(self) -> None:
                provider.post(self)

            def log_message(self, *args: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def get(self, asked: BaseHTTPRequestHandler) -> None:
        url = urlsplit(asked.path)
        if url.path == "/.well-known/openid-configuration":
            at = self.address
            self._json(
                asked,
                {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/userinfo",
                    "jwks_uri": f"{at}/jwks",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                },
            )
        elif url.path == "/authorize":
            query = {k: v[0] for k, v in parse_qs(url.query).items()}
            code = secrets.token_urlsafe(16)
            self.codes[code] = query["code_challenge"]
            asked.send_response(302)
            asked.send_header(
                "Location", query["redirect_uri"] + "?" + urlencode({"code": code, "state": query["state"]})
            )
            asked.end_headers()
        elif url.path == "/userinfo" and asked.headers["Authorization"] == "Bearer access":
            self._json(asked, self.person)
        else:
            asked.send_error(404)

    def post(self, asked: BaseHTTPRequestHandler) -> None:
        form = {k: v[0] for k, v in parse_qs(asked.rfile.read(int(asked.headers["Content-Length"])).decode()).items()}
        known = form.get("client_secret") == SECRET and self.codes.pop(form.get("code", ""), None)
        if not known or "code_verifier" not in form:
            asked.send_error(400)
            return
        now = int(time.time())
        claims = self.person | {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 60}
        token = jwt.encode(claims, SECRET, "HS256")
        self._json(asked, {"access_token": "access", "token_type": "Bearer", "id_token": token})

    def _json(self, asked: BaseHTTPRequestHandler, data: Any) -> None:
        body = json.dumps(data).encode()
        asked.send_response(200)
        asked.send_header("Content-Type", "application/json")
        asked.send_header("Content-Length", str(len(body)))
        asked.end_headers()
        asked.wfile.write(body)
