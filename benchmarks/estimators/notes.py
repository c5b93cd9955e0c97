"""What was tried where a goal is missed; the document prints it beside the row that misses."""

TRIED = {
    "plan": (
        "A third of our time is Firth's model with its profile: Newton's method on all coefficients at once has "
        "replaced the search along the profile, which halved it. Sums over groups are computed without a new "
        "sparse matrix at each step, and results.json is written by the commonest type first. What remains are "
        "thousands of calls of numpy on 58 numbers, none of which stands out"
    ),
}
