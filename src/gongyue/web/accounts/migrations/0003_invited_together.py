from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_invitation"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="batch",
            field=models.UUIDField(blank=True, db_index=True, null=True, verbose_name="批次"),
        ),
        migrations.AddField(
            model_name="invitation",
            name="name",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="姓名"),
        ),
    ]
