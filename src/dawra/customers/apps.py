from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "dawra.customers"
    label = "customers"

    def ready(self) -> None:
        from dawra.customers import (  # noqa: F401
            binned,
            finding,
            indexing,
            letter_fields,
            listeners,
            posting,
            undoing,
            undoing_activities,
            undoing_letters,
            undoing_talking,
        )
        from dawra.customers.actions import bulk  # noqa: F401 - its jobs
        from dawra.customers.actions.outcomes import start_with_outcomes
        from dawra.customers.duplicates import registering, searching, taking_back  # noqa: F401 - what moves, ways back
        from dawra.customers.importing import registering as targets  # noqa: F401 - what can be imported, and its jobs
        from dawra.customers.letter_seeds import start_with_letters
        from dawra.customers.privacy import erasing, holdings  # noqa: F401 - what is kept of a person, and its jobs
        from dawra.team.steps import SETUP_STEPS

        SETUP_STEPS.append(start_with_letters)
        SETUP_STEPS.append(start_with_outcomes)
