from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("acting", "0002_signers")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="dossier",
            field=models.CharField(blank=True, default="", max_length=66, verbose_name="卷"),
        ),
        migrations.AddField(
            model_name="draft",
            name="to",
            field=models.CharField(blank=True, default="", max_length=71, verbose_name="所答"),
        ),
    ]
