"""What a centre's own tables mean by a word: asked once, remembered for the next file."""

from django.db import models
from django.db.models import Q

from registry.access.querysets import CentreQuerySet
from registry.models.centre import Centre


class WordMapping(models.Model):
    """A word that the registry cannot read, as it is compared. It stands for an answer, for the reason why there is
    none, or with neither for a blank cell."""

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="+")
    item = models.CharField(max_length=80, blank=True)  # `form.item`; empty: wherever the word stands
    word = models.CharField(max_length=100)
    answer = models.CharField(max_length=40, blank=True)
    reason = models.CharField(max_length=10, blank=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ("word", "item")
        constraints = [
            models.UniqueConstraint(fields=["centre", "item", "word"], name="word_mapping_once_per_item"),
            models.CheckConstraint(condition=Q(answer="") | Q(reason=""), name="word_means_an_answer_or_a_reason"),
        ]

    def __str__(self) -> str:
        return self.word
