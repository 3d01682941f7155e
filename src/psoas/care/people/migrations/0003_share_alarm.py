from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_pin_tries")]

    operations = [
        migrations.RemoveConstraint(model_name="share", name="share_category_known"),
        migrations.AddConstraint(
            model_name="share",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "category__in",
                        [
                            "pain",
                            "feelings",
                            "sessions",
                            "questionnaires",
                            "movement",
                            "alarm",
                        ],
                    )
                ),
                name="share_category_known",
            ),
        ),
    ]
