"""The chapters: one row each."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.course.items import (
    cancels,
    caution,
    formula,
    loss,
    points,
    rule,
    slopes,
    text,
    transfer,
    worked,
)
from tutor.course.parts import Part, by_numbers, elsewhere, errata, passage, picture, practice
from tutor.course.shown import errors, first_hidden, first_output, new_weights, slopes_at_outputs


@dataclass(frozen=True, slots=True)
class Topic:
    """One row: the shipped problem that its numbers come from, and its parts in order."""

    title: str
    """the key of its heading"""
    problem: str
    parts: tuple[Part, ...]


TOPICS = {
    "gradient-descent": Topic(
        "gd_title",
        "mazur",
        (
            passage(
                "",
                text("gd_hill", "gd_gradient"),
                formula("rule_update"),
                text("gd_sign", "gd_rate"),
            ),
            by_numbers(
                "gd_numbers",
                text("gd_step"),
                worked(errors),
                worked(new_weights),
                text("gd_after"),
            ),
            picture("slice", "eta"),
            practice("one-step", "signs", "numerical-derivative"),
        ),
    ),
    "delta-rule": Topic(
        "delta_title",
        "delta-rule",
        (
            passage("", text("delta_unit", "delta_chain"), loss("half_sse"), text("delta_linear")),
            by_numbers(
                "delta_numbers", worked(first_output), text("delta_step"), worked(new_weights)
            ),
            errata("erratum_step", "erratum_factor"),
            practice("delta-rule", "delta-rule", "signs"),
        ),
    ),
    "stochastic": Topic(
        "stochastic_title",
        "two-patterns-stochastic",
        (
            passage(
                "",
                text("stochastic_true", "stochastic_step"),
                points("stochastic_batch", "stochastic_mini", "stochastic_online"),
                text("stochastic_why"),
            ),
            picture("stochastic"),
            practice("stochastic-steps", "batch-step", "true-or-stochastic"),
        ),
    ),
    "output-weights": Topic(
        "outputs_title",
        "mazur",
        (
            passage(
                "",
                text("outputs_path"),
                rule("rule_net", "rule_input", "rule_output", "rule_net_slope"),
                text("outputs_read"),
            ),
            by_numbers("outputs_numbers", worked(first_output)),
            errata("erratum_factor", "erratum_repeat"),
            practice("output-weight", "three-factors", "missing-factor"),
        ),
    ),
    "hidden-weights": Topic(
        "hidden_title",
        "mazur",
        (
            passage(
                "",
                text("hidden_no_target"),
                rule("rule_weight", "rule_hidden", "rule_hidden_weight"),
                caution("hidden_old"),
                text("hidden_layers"),
            ),
            by_numbers("hidden_numbers", worked(first_hidden)),
            picture("flow"),
            practice("hidden-weight", "all-deltas", "find-the-mistake"),
        ),
    ),
    "transfer-functions": Topic(
        "transfer_title",
        "mazur",
        (
            passage("", text("transfer_why", "transfer_need")),
            passage("transfer_sigmoid", transfer("sigmoid"), text("transfer_reuse")),
            passage("transfer_tanh", transfer("tanh")),
            passage(
                "transfer_relu",
                transfer("relu", "leaky_relu", "elu", "softplus"),
                text("transfer_kink"),
            ),
            passage("transfer_softmax", transfer("softmax"), text("transfer_cross")),
            picture("saturation"),
            practice("tanh", "leaky-relu", "relu"),
        ),
    ),
    "saturation": Topic(
        "saturating_title",
        "saturated",
        (
            passage("", text("saturating_flat", "saturating_product", "saturating_cures")),
            picture("saturation"),
            elsewhere("vanishing-gradient", picture("vanishing")),
            errata("erratum_saturate"),
            practice("vanishing-gradient", "relu-dead", "most"),
        ),
    ),
    "losses": Topic(
        "losses_title",
        "mazur",
        (
            passage(
                "losses_squared",
                text("losses_squared_why"),
                loss("half_sse"),
                loss("sse"),
                loss("mse"),
                text("losses_written"),
            ),
            passage(
                "losses_bce",
                text("losses_bce_why"),
                loss("bce"),
                text("losses_bce_signs"),
                cancels("bce"),
                text("losses_bce_left"),
            ),
            elsewhere("bce-t1", by_numbers("losses_bce_1", worked(slopes_at_outputs))),
            elsewhere("bce-t0", by_numbers("losses_bce_0", worked(slopes_at_outputs))),
            passage(
                "losses_softmax",
                text("losses_softmax_why"),
                loss("cce"),
                cancels("cce"),
                text("losses_softmax_left"),
            ),
            elsewhere("saturated", picture("slice")),
            errata("erratum_mse", "erratum_factor"),
            practice("sse", "cross-entropy", "softmax"),
        ),
    ),
    "error-landscapes": Topic(
        "landscapes_title",
        "two-patterns-batch",
        (
            passage(
                "",
                text(
                    "landscapes_what",
                    "landscapes_minima",
                    "landscapes_symmetry",
                    "landscapes_local",
                ),
            ),
            picture("surface", "directions"),
            practice("error-surface", "equal-weights", "numerical-derivative"),
        ),
    ),
    "summary": Topic(
        "summary_title",
        "mazur",
        (
            passage(
                "",
                formula(
                    "rule_net",
                    "rule_output",
                    "rule_net_slope",
                    "rule_hidden",
                    "rule_update",
                ),
                slopes,
                points(
                    "summary_order",
                    "summary_old",
                    "summary_bias",
                    "summary_match",
                    "summary_factor",
                    "summary_check",
                ),
            ),
            practice("all-gradients", "multiple-choice", "find-the-mistake"),
        ),
    ),
}
