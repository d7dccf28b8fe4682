"""A saved view's name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ViewForm(forms.Form):
    name = forms.CharField(
        max_length=80, label=_("Name of the view"), widget=forms.TextInput(attrs={"class": "input", "dir": "auto"})
    )
    is_shared = forms.BooleanField(required=False, label=_("Everybody may use it"))
