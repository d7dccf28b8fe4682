"""Close plans of the sample company: one for the open deals that stand in the last stages, part done, some put off.

Follows from the deal alone, so that the same seed tells the same story. Part of the sample's own act (site/sample).
"""

from dataclasses import asdict
from datetime import datetime, time, timedelta

from dawra.access.actor import Actor
from dawra.deals.close_plan_seeds import USUAL, UsualStep
from dawra.deals.models import Deal, PlanStep, PlanTemplate
from dawra.deals.models.plan import CLOSE, OURS, START, THEIRS
from dawra.deals.rules import OPEN

STAGES, MOST, BATCH = ("objections", "closing"), 40, 200
PILOT = (
    UsualStep(OURS, 0, "Agree on vehicles and measures of the pilot", "الاتفاق على مركبات التجربة ومقاييسها", START),
    UsualStep(OURS, 5, "Fit the trackers", "تركيب أجهزة التتبع", START),
    UsualStep(THEIRS, 14, "Drive with it for two weeks", "القيادة به أسبوعين", START),
    UsualStep(OURS, 12, "Show what the pilot has saved", "عرض ما وفّرته التجربة", CLOSE),
    UsualStep(THEIRS, 10, "Confirm the number of vehicles", "تأكيد عدد المركبات", CLOSE),
    UsualStep(OURS, 8, "Send the quote and the contract", "إرسال عرض السعر والعقد", CLOSE),
    UsualStep(THEIRS, 0, "Sign", "التوقيع", CLOSE),
)


def write(actor: Actor, now: datetime) -> None:
    """A few, and a template of the company's own; 3 queries and one for every BATCH of steps."""
    PlanTemplate.objects.create(
        name="Pilot in the fleet", name_ar="تجربة في الأسطول", steps=[asdict(one) for one in PILOT], created_at=now,
        changed_at=now, is_sample=True,
    )  # fmt: skip
    rows = Deal.objects.visible_to(actor).filter(is_sample=True, state=OPEN, stage__code__in=STAGES)
    steps: list[PlanStep] = []
    waiting: list[Deal] = []
    for deal in rows.exclude(expected_close_on=None).order_by("-base_minor", "id")[:MOST]:
        assert deal.expected_close_on, "asked for above"
        dice = deal.pk.int >> 11
        made_at = max(deal.created_at, now - timedelta(days=21))
        arabic = bool(dice % 2)
        for place, usual in enumerate(USUAL):
            planned_on = max(deal.expected_close_on - timedelta(days=usual.days), made_at.date())
            slipped = 3 + dice % 9 if (dice >> place) % 5 == 0 else 0
            due_on = planned_on + timedelta(days=slipped)
            is_done = planned_on < now.date() and (dice >> place) % 4 > 0
            steps.append(
                PlanStep(
                    deal=deal, side=usual.side, title=usual.title_ar if arabic else usual.title, planned_on=planned_on,
                    due_on=due_on, slips=int(slipped > 0), slipped_days=slipped, made_at=made_at,
                    member_id=deal.owner_id if usual.side == OURS else None,
                    done_at=datetime.combine(planned_on, time(10), now.tzinfo) if is_done else None,
                    done_by_id=deal.owner_id if is_done else None,
                )
            )  # fmt: skip
        waits = [step.due_on for step in steps if step.deal_id == deal.pk and step.done_at is None]
        if waits:
            deal.plan_due_on = min(waits)
            waiting.append(deal)
    PlanStep.objects.bulk_create(steps, batch_size=BATCH)
    Deal._base_manager.bulk_update(waiting, ["plan_due_on"], batch_size=BATCH)


def take_out_templates() -> None:
    """The one the sample brought; what somebody changed since is theirs."""
    PlanTemplate.objects.filter(is_sample=True).delete()
