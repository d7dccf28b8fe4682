from django.apps import AppConfig


class DealsConfig(AppConfig):
    name = "dawra.deals"
    label = "deals"

    def ready(self) -> None:
        from dawra.deals import (  # noqa: F401 - what others show, who listens, jobs  # noqa: F401 - ways back
            elsewhere,
            leads,
            letter_fields,
            listeners,
            next_best_history,
            next_steps,
            playbook_beside,
            privacy,
            qualification_beside,
            similarity,
            stepping,
            undoing,
            undoing_close_plans,
            undoing_demos,
            undoing_next_best,
            undoing_objections,
            undoing_playbook,
            undoing_qualification,
            undoing_quotes,
            undoing_settings,
        )
        from dawra.deals.actions import rates, starting, versions  # noqa: F401 - their jobs
        from dawra.deals.importing import registering  # noqa: F401 - products and deals can be imported
        from dawra.deals.inheriting import hand_over_deals
        from dawra.team.steps import INHERIT_STEPS, SETUP_STEPS

        SETUP_STEPS.append(starting.start_with_defaults)
        INHERIT_STEPS.append(hand_over_deals)
