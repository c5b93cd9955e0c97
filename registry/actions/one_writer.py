"""One writer a patient at a time: the rules and the lock look at all records of a patient together."""

from registry.models import CrfForm, Patient


def hold(patient: Patient) -> bool:
    """Wait for whoever writes to this patient, and keep others waiting to the end of the transaction.

    Returns whether the patient is locked now.
    """
    held = Patient.objects.select_for_update(no_key=True).filter(pk=patient.pk)
    return CrfForm.State.LOCKED in held.order_by().values_list("state", flat=True)
