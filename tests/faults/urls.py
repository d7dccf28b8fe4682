"""A door through which the fault tests add people without a token, and start jobs of their own."""

import json
from typing import Any

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
    jobs.enqueue(said["job"], **said["plain"])
    return JsonResponse({})


urlpatterns = [path("api/faults/act", act), path("", include("dawra.site.urls"))]
