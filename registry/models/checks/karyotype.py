"""Edit checks 1.3, soft: what the karyotype says, against itself and against the other results."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from registry.checks.engine import check
from registry.checks.finding import NOT_EVALUABLE, Severity, place, violated
from registry.checks.records import PatientRecords
from registry.crf.karyotype import Karyotype
from registry.crf.partial_dates import certainly_after
from registry.derivations import disease, treatment
from registry.derivations.patient import Record
from registry.models.checks.operands import Results, meaning, place_of_dose, places, shown, words

USUAL_METAPHASES = 20
# What the class of a sample is derived from (D04).
CLASS_FIELDS = "cytogenetics.banding cytogenetics.iscn cytogenetics.class_review"


def _karyotypes(records: PatientRecords) -> Iterator[tuple[Record, Karyotype]]:
    """The samples with a readable string; an unreadable one is for C23."""
    for sample in records.answers.all("cytogenetics"):
        read = disease.karyotype(sample)
        if read is not None and read.ok:
            yield sample, read


@check(
    "C24",
    Severity.SOFT,
    fields="cytogenetics.iscn cytogenetics.banding",
    message="The listed gains and losses give {exp} chromosomes, the string says {mod}.",
)
def modal_number_fits_the_abnormalities(records: PatientRecords) -> Results:
    for sample, read in _karyotypes(records):
        if read.modal_expected is not None and read.modal_expected != read.modal_number:
            yield violated(place(sample, "iscn"), exp=read.modal_expected, mod=read.modal_number)


@check(
    "C25",
    Severity.SOFT,
    fields="cytogenetics.iscn cytogenetics.banding patient.sex",
    message="Sex chromosomes {sx} in a patient of sex {sex}. Donor cells after an earlier HCT, or wrong patient?",
)
def sex_chromosomes_fit_the_patient(records: PatientRecords) -> Results:
    patient = records.answers.one("patient")
    for sample, read in _karyotypes(records):
        if patient.code("sex") is None:
            yield NOT_EVALUABLE
        elif not read.sex_is_undisclosed and _is_other_sex(read, patient.code("sex")):
            at_patient = place(records.patient, "sex")
            yield violated(place(sample, "iscn"), at_patient, sx=read.sex_chromosomes, sex=words(patient, "sex"))


def _is_other_sex(read: Karyotype, sex: str | None) -> bool:
    """A man who has lost the Y of all cells is written with -Y."""
    return read.has_y if sex == "F" else not read.has_y and not read.lost_y


@check(
    "C26",
    Severity.SOFT,
    fields=f"{CLASS_FIELDS} cytogenetics.lab_class",
    message='The string gives "{derived}", you stated "{lab_class}". Correct one, or ask for central review.',
)
def class_is_the_one_stated(records: PatientRecords) -> Results:
    """Central review overrides the string (D04)."""
    for sample in records.answers.all("cytogenetics"):
        derived, stated = disease.class_of_sample(sample), sample.code("lab_class")
        if sample.reason("lab_class"):
            yield NOT_EVALUABLE
        elif derived is not None and stated is not None and derived != stated:
            source = "class_review" if sample.code("class_review") else "iscn"
            label = meaning("cytogenetics", "lab_class", derived)
            at_sample = place(sample, source), place(sample, "lab_class")
            yield violated(*at_sample, derived=label, lab_class=words(sample, "lab_class"))


@check(
    "C27",
    Severity.SOFT,
    fields=f"{CLASS_FIELDS} cytogenetics.bcr_abl1",
    message="Karyotype and BCR::ABL1 result disagree (cryptic fusion or remission sample?). Confirm both.",
)
def karyotype_and_bcr_abl1_agree(records: PatientRecords) -> Results:
    for sample in records.answers.all("cytogenetics"):
        derived, is_positive = disease.class_of_sample(sample), sample.yes("bcr_abl1")
        if derived is None:
            continue
        if is_positive is None:
            yield NOT_EVALUABLE
        elif is_positive != (derived == "t922"):
            yield violated(place(sample, "iscn"), place(sample, "bcr_abl1"))


@check(
    "C28",
    Severity.SOFT,
    fields="cytogenetics.iscn cytogenetics.banding cytogenetics.kmt2a",
    message="The karyotype has an 11q23 break but KMT2A is reported absent.",
)
def break_in_11q23_and_kmt2a_agree(records: PatientRecords) -> Results:
    for sample, read in _karyotypes(records):
        if read.breaks_11q23 and sample.yes("kmt2a") is None:
            yield NOT_EVALUABLE
        elif read.breaks_11q23 and not sample.yes("kmt2a"):
            yield violated(place(sample, "iscn"), place(sample, "kmt2a"))


@check(
    "C29",
    Severity.SOFT,
    fields=f"{CLASS_FIELDS} cytogenetics.metaphases",
    message="Normal on {metaphases} metaphases; 20 are usually asked for.",
)
def normal_karyotype_rests_on_enough_cells(records: PatientRecords) -> Results:
    for sample in records.answers.all("cytogenetics"):
        counted = sample.integer("metaphases")
        if disease.class_of_sample(sample) != "normal":
            continue
        if counted is None and sample.reason("metaphases") is None:
            yield NOT_EVALUABLE
        elif counted is None or counted < USUAL_METAPHASES:
            shown = _("an unknown number of") if counted is None else counted
            yield violated(place(sample, "iscn"), place(sample, "metaphases"), metaphases=shown)


@check(
    "C30",
    Severity.SOFT,
    fields="cytogenetics.iscn cytogenetics.banding cytogenetics.metaphases cytogenetics.bcr_abl1",
    message=(
        "Bracket counts {n} against {metaphases} metaphases, or a single-cell finding "
        "(not counted unless confirmed by FISH/PCR)."
    ),
)
def cells_in_brackets_add_up(records: PatientRecords) -> Results:
    for sample, read in _karyotypes(records):
        counted, metaphases = read.bracket_cells, sample.integer("metaphases")
        differ = None not in (counted, metaphases) and counted != metaphases
        if differ or read.not_clonal:
            at_sample = place(sample, "iscn"), place(sample, "metaphases")
            yield violated(*at_sample, n=shown(counted), metaphases=shown(metaphases))
        elif metaphases is None:
            yield NOT_EVALUABLE


@check(
    "C31",
    Severity.SOFT,
    fields="cytogenetics.sample_date ino_cycle.d1_date",
    message="The relapse sample must be later than the diagnostic sample and not after the first INO dose.",
)
def samples_are_in_order(records: PatientRecords) -> Results:
    at_diagnosis = disease.sample(records.answers, disease.DIAGNOSIS)
    at_relapse = disease.sample(records.answers, disease.RELAPSE)
    taken = [sample.partial_date("sample_date") for sample in (at_diagnosis, at_relapse)]
    first = treatment.first_dose(records.answers)
    if any(sample.reason("sample_date") for sample in (at_diagnosis, at_relapse)):
        yield NOT_EVALUABLE
    if taken[0] and taken[1] and certainly_after(taken[0], taken[1]):
        yield violated(place(at_diagnosis, "sample_date"), place(at_relapse, "sample_date"))
    if taken[1] and first is None:
        yield NOT_EVALUABLE
    elif taken[1] and first and certainly_after(taken[1], first):
        yield violated(place(at_relapse, "sample_date"), place_of_dose(records, first))


@check(
    "C32",
    Severity.SOFT,
    fields="diagnosis.dx_entity cytogenetics.bcr_abl1",
    message="CML in blast crisis is BCR::ABL1-positive by definition. Confirm.",
)
def blast_crisis_is_bcr_abl1_positive(records: PatientRecords) -> Results:
    diagnosis = records.answers.one("diagnosis")
    results = [sample.yes("bcr_abl1") for sample in records.answers.all("cytogenetics")]
    if diagnosis.code("dx_entity") is None:
        yield NOT_EVALUABLE
    if diagnosis.code("dx_entity") != "cml_lbc" or True in results:
        return
    if None in results:
        yield NOT_EVALUABLE
    else:
        yield violated(place(diagnosis, "dx_entity"), *places(records, "cytogenetics", "bcr_abl1"))
