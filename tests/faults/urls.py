"""A door through which clients of the fault tests do real acts as the administrator."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpRequest, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from dawra.access.register import opens


@opens(anyone=True, why="only the fault tests have this address")
@csrf_exempt
def act(request: HttpRequest) -> JsonResponse:
    from dawra.customers.actions.adding import NewPoint
    from dawra.customers.actions.people import NewPerson, add_person
    from dawra.deals.actions.adding import NewDeal, add_deal
    from dawra.deals.actions.moving import Move, move_deal
    from dawra.deals.models import Stage
    from dawra.journal import jobs
    from dawra.team.actors import actor_for
    from dawra.team.models import Member

    said: dict[str, Any] = json.loads(request.body)
    member = Member.objects.select_related("role", "team").order_by("created_at").first()
    assert member
    actor = actor_for(member, timezone.now(), "api")
    if said["act"] == "person":
        mail = NewPoint("email", f"{said['name']}@kills.example")
        company = f"Company {said['name']}"
        done = add_person(actor, plan=NewPerson(name=said["name"], points=(mail,), company_name=company))
        return JsonResponse({"id": str(done.record.pk)})
    if said["act"] == "deal":
        return JsonResponse(
            {"id": str(add_deal(actor, new=NewDeal(name=said["name"], amount_minor=said["amount"])).pk)}
        )
    if said["act"] == "move":
        stages = Stage.objects.filter(type="open").order_by("position")
        to = stages[said["to"] % len(stages)]
        move_deal(actor, deal_id=UUID(said["id"]), move=Move(to=to.pk, override="the tests say so"))
        return JsonResponse({"stage": str(to.pk)})
    jobs.enqueue(said["job"], **said["plain"])
    return JsonResponse({})


urlpatterns = [path("api/faults/act", act), path("", include("dawra.site.urls"))]
