"""Tables of site and of the libraries: none of them knows the people sold to. Imported when the room is ready."""

from dawra.access.holdings import impersonal

impersonal("site.SampleRun", because="how far the sample company is")
impersonal(
    "account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator", "socialaccount.SocialAccount",
    "socialaccount.SocialApp", "socialaccount.SocialToken", "usersessions.UserSession", "sessions.Session",
    because="how members sign in",
)  # fmt: skip
impersonal(
    "django_q.Task", "django_q.Success", "django_q.Failure", "django_q.Schedule", "django_q.OrmQ",
    because="jobs carry ids, never what is known of a person",
)  # fmt: skip
impersonal(
    "auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType",
    because="made by the framework",
)  # fmt: skip
