"""Addresses of what is set up once, under /settings/."""

from django.urls import path

from dawra.deals.views import catalogue, pipelines

urlpatterns = [
    path("pipelines/", pipelines.index, name="pipelines"),
    path("pipelines/<uuid:pipeline_id>/", pipelines.pipeline, name="pipeline"),
    path("pipelines/<uuid:pipeline_id>/draft/", pipelines.draft, name="draft_pipeline"),
    path("pipelines/<uuid:pipeline_id>/move-deals/", pipelines.move_all, name="move_all"),
    path("pipelines/versions/<uuid:version_id>/publish/", pipelines.publish, name="publish_version"),
    path("pipelines/versions/<uuid:version_id>/discard/", pipelines.discard, name="discard_version"),
    path("pipelines/versions/<uuid:version_id>/order/", pipelines.order, name="order_stages"),
    path("pipelines/versions/<uuid:version_id>/stages/add/", pipelines.stage, name="add_stage"),
    path("pipelines/versions/<uuid:version_id>/stages/<uuid:stage_id>/", pipelines.stage, name="change_stage"),
    path(
        "pipelines/versions/<uuid:version_id>/stages/<uuid:stage_id>/remove/",
        pipelines.remove_stage,
        name="remove_stage",
    ),
    path("products/", catalogue.products, name="products"),
    path("products/<uuid:product_id>/", catalogue.product, name="product"),
    path("reasons/", catalogue.reasons, name="reasons"),
    path("reasons/<uuid:reason_id>/", catalogue.reasons, name="reason"),
    path("rates/", catalogue.rates, name="rates"),
    path("rates/<int:rate_id>/remove/", catalogue.drop_rate, name="remove_rate"),
]
