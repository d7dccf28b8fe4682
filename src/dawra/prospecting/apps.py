from django.apps import AppConfig


class ProspectingConfig(AppConfig):
    name = "dawra.prospecting"
    label = "prospecting"

    def ready(self) -> None:
        from dawra.prospecting import brief_elsewhere, brief_undoing, fit_elsewhere, fit_scoring, fit_undoing  # noqa: F401, I001 - on others' pages, who listens, ways back
        from dawra.prospecting import elsewhere, letter_fields, listeners, privacy, undoing, undoing_settings  # noqa: F401 - who listens, what is kept of a person
        from dawra.prospecting.actions import giving, settings  # noqa: F401 - their jobs
        from dawra.prospecting.inheriting import hand_over_leads
        from dawra.team.steps import INHERIT_STEPS, SETUP_STEPS

        SETUP_STEPS.append(settings.start_with_defaults)
        INHERIT_STEPS.append(hand_over_leads)
