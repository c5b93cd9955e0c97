"""Treatment before INO, INO itself and the response to it."""

from analytics.cohort.count import Count
from analytics.cohort.data_set import AnalysisDataSet
from analytics.plan.counting import BY_COUNTING, COUNTED, count, everybody, left_out, single
from analytics.plan.registry import analysis
from analytics.plan.results import Single, Table

WITH_ANSWER = "patients with a known answer"
WITH_BLINATUMOMAB = "patients with blinatumomab before INO"
IN_REMISSION = "patients in CR or CRi before HCT"


@analysis(
    "prior-treatment",
    title="Treatment before INO",
    section="Treatment before INO",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P27", "P28", "P29", "P32"),
    r="""
list(count(yes(d$heavily_pretreated), known(d$heavily_pretreated)),
count(no(d$heavily_pretreated), known(d$heavily_pretreated)), count(yes(d$blina_before), known(d$blina_before)),
count(yes(d$allo_first_line), known(d$allo_first_line)))
""",
)
def prior_treatment(data: AnalysisDataSet) -> Table:
    """P27 to P29 and P32."""
    intensive, known = data.flag("heavily_pretreated"), data.known("heavily_pretreated")
    blinatumomab, transplanted = data.flag("blina_before"), data.flag("allo_first_line")
    return Table(
        n=data.n,
        rows=(
            count("Intensive chemotherapy with or without TKI", intensive, known=known, figure="P27"),
            count("No intensive chemotherapy (TKI with or without steroids)", ~intensive, known=known, figure="P28"),
            count("Blinatumomab before INO", blinatumomab, known=data.known("blina_before"), figure="P29"),
            count("Allogeneic HCT at first line", transplanted, known=data.known("allo_first_line"), figure="P32"),
        ),
    )


@analysis(
    "blinatumomab-context",
    title="Setting of blinatumomab before INO",
    section="Treatment before INO",
    kind="number",
    population=WITH_BLINATUMOMAB,
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P30",),
    r="""
list(parts(is(d$blina_context, "first"), is(d$blina_context, "primref"), is(d$blina_context, "mrd1"),
      is(d$blina_context, "relapse"), among = yes(d$blina_before) & known(d$blina_context)))
""",
)
def blinatumomab_context(data: AnalysisDataSet) -> Single:
    """P30: setting of the first line that contained blinatumomab."""
    settings = {
        "first line": "first",
        "primary refractory": "primref",
        "MRD after first line": "mrd1",
        "relapse": "relapse",
    }
    context, given = data.codes("blina_context"), data.flag("blina_before")
    number = count(
        "Setting of blinatumomab",
        {label: context == code for label, code in settings.items()},
        known=data.known("blina_context"),
        within=given,
        population=WITH_BLINATUMOMAB,
        figure="P30",
    )
    without = left_out("no blinatumomab before INO", Count(~given))
    return Single(n=number.n, n_excluded=without | left_out("setting not known", number.missing), number=number)


@analysis(
    "ino-cycles",
    title="INO cycles",
    section="INO and response",
    kind="number",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="Cycles are doses divided by three (D15): 1.67 cycles are five doses.",
    figures=("P34",),
    r="""
with(d, list(parts(ino_cycles <= 2, ino_cycles > 2 & ino_cycles <= 4, ino_cycles > 4, among = known(ino_cycles))))
""",
)
def ino_cycles(data: AnalysisDataSet) -> Single:
    """P34."""
    cycles = data.numbers("ino_cycles")
    groups = {
        "2 or fewer": cycles <= 2,
        "more than 2, up to 4": (cycles > 2) & (cycles <= 4),
        "more than 4": cycles > 4,
    }
    return single(count("INO cycles", groups, known=data.known("ino_cycles"), partition=True, figure="P34"))


@analysis(
    "tki-with-ino",
    title="TKI together with INO",
    section="INO and response",
    kind="number",
    population=WITH_ANSWER,
    method=COUNTED,
    software=BY_COUNTING,
    figures=("P35",),
    r="list(count(yes(d$tki_with_ino), known(d$tki_with_ino)))",
)
def tki_with_ino(data: AnalysisDataSet) -> Single:
    """P35."""
    given, known = data.flag("tki_with_ino"), data.known("tki_with_ino")
    return single(count("TKI together with INO", given, known=known, population=WITH_ANSWER, figure="P35"))


@analysis(
    "response",
    title="Response to INO and before HCT",
    section="INO and response",
    kind="table",
    population="all patients",
    method=COUNTED,
    software=BY_COUNTING,
    note="CRi is counted with CR. A patient who relapsed between INO and HCT stays so, even if re-induced (D21).",
    figures=("P37", "P38", "P39", "P44"),
    r="""
with(d, list(
  count(known(resp_c1)),
  parts(is(resp_c1, "cr"), is(resp_c1, "pr"), is(resp_c1, "rd"), among = known(resp_c1)),
  count(is(resp_c1, "pd"), known(resp_c1)),
  count(no(ino_responder), known(ino_responder)),
  parts(is(resp_before_hct, "cr"), is(resp_before_hct, "pr"), is(resp_before_hct, "rd"), is(resp_before_hct, "rel"),
        among = known(resp_before_hct))
))
""",
)
def response(data: AnalysisDataSet) -> Table:
    """P37 to P39 and P44."""
    first, assessed = data.codes("resp_c1"), data.known("resp_c1")
    before = data.codes("resp_before_hct")
    labels = {"CR": "cr", "PR": "pr", "refractory": "rd"}
    return Table(
        n=data.n,
        rows=(
            count("Response assessed after the first cycle", assessed, known=everybody(data), figure="P37"),
            count(
                "Response after the first cycle",
                {label: first == code for label, code in labels.items()},
                known=assessed,
                population="patients assessed after the first cycle",
                figure="P38",
            ),
            count(
                "Progression after the first cycle",
                first == "pd",
                known=assessed,
                population="patients assessed after the first cycle",
            ),
            count("No CR or CRi on INO", ~data.flag("ino_responder"), known=data.known("ino_responder"), figure="P44"),
            count(
                "Response before HCT",
                {label: before == code for label, code in (labels | {"relapsed": "rel"}).items()},
                known=data.known("resp_before_hct"),
                partition=True,
                figure="P39",
            ),
        ),
    )


@analysis(
    "mrd",
    title="MRD before HCT",
    section="INO and response",
    kind="table",
    population=IN_REMISSION,
    method=COUNTED,
    software=BY_COUNTING,
    note="In remission means D21: a patient who relapsed between INO and HCT is not counted even if re-induced.",
    figures=("P45", "P46"),
    r="""
list(count(known(d$mrd_pre_hct), is(d$resp_before_hct, "cr")),
parts(is(d$mrd_pre_hct, "neg"), is(d$mrd_pre_hct, "pos"), is(d$mrd_pre_hct, "dnq"),
      among = is(d$resp_before_hct, "cr") & known(d$mrd_pre_hct)))
""",
)
def mrd(data: AnalysisDataSet) -> Table:
    """P45 and P46."""
    remission, result, known = (
        data.codes("resp_before_hct") == "cr",
        data.codes("mrd_pre_hct"),
        data.known("mrd_pre_hct"),
    )
    results = {"negative": "neg", "positive": "pos", "detectable, not quantifiable": "dnq"}
    return Table(
        n=Count(remission),
        n_excluded=left_out("not in CR or CRi before HCT", Count(~remission)),
        rows=(
            count(
                "MRD result available",
                known,
                known=everybody(data),
                within=remission,
                population=IN_REMISSION,
                figure="P45",
            ),
            count(
                "MRD before HCT",
                {label: result == code for label, code in results.items()},
                known=known,
                within=remission,
                population=f"{IN_REMISSION}, MRD available",
                partition=True,
                figure="P46",
            ),
        ),
    )
