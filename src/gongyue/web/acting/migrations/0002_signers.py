from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("acting", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="signers",
            field=models.JSONField(default=list, verbose_name="请签"),
        ),
    ]
