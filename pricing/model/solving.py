"""Solves the sign-constrained regression with shrunken effects (a mixed model), deterministically.

The phone models' own effects are many, but each belongs to its rows alone, so they are eliminated first; what is left
is a system of about a hundred unknowns, of which the rising ones must not be negative. How strongly each kind of
effect is shrunk is learned with it: the variance of a kind is what its effects show, with what is uncertain in them
(the EM step of Laird and Ware, Biometrics 38, 1982).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pricing.model.columns import Floats, Ints

ROUNDS = 14
_LEAST_VARIANCE = 1e-4
_LEAST_NOISE = 1e-3
_TINY = 1e-9


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be solved.

    Attributes:
        x: Rows by terms.
        y: ln(price).
        owner: Each row's phone model by number, -1 for none.
        owners: How many there are.
        rising: Places of the terms whose coefficients are at least 0.
        mean: Each fixed term's prior, with its standard deviation ``sd``; an infinite one for kinds that are shrunk.
        kinds: Places of the terms of each kind that is shrunk towards 0 by one variance.
        tied: Places of the terms that are shrunk towards the term ``tied_to``; may be empty.
    """

    x: Floats
    y: Floats
    owner: Ints
    owners: int
    rising: Ints
    mean: Floats
    sd: Floats
    kinds: dict[str, Ints]
    tied: Ints
    tied_to: int


@dataclass(frozen=True, slots=True)
class Solution:
    """Coefficients, the phone models' effects, and the variances: ``noise``, ``models`` and one for each kind."""

    coefficients: Floats
    effects: Floats
    noise: float
    models: float


@dataclass(frozen=True, slots=True)
class _Sums:
    """What the rows come down to; gathered once."""

    xx: Floats
    xy: Floats
    count: Floats
    owner_x: Floats
    owner_y: Floats


@dataclass(frozen=True, slots=True)
class _Step:
    """A solution under some variances, and the inverse of its system over what is not at its bound."""

    beta: Floats
    effects: Floats
    inverse: Floats


def solve(problem: Problem) -> Solution:
    """Return the coefficients with the smallest penalised error."""
    sums = _gather(problem)
    variances = dict.fromkeys(problem.kinds, 0.03) | {"tied": 0.05, "models": 0.03, "noise": 0.05}
    for _ in range(ROUNDS):
        step = _step(problem, sums, variances)
        _learn(problem, sums, variances, step)
    return Solution(step.beta, step.effects, variances["noise"], variances["models"])


def _gather(problem: Problem) -> _Sums:
    x, y = problem.x, problem.y
    owned = problem.owner >= 0
    owner = problem.owner[owned]
    owner_x = np.column_stack([np.bincount(owner, column[owned], minlength=problem.owners) for column in x.T])
    return _Sums(
        xx=x.T @ x,
        xy=x.T @ y,
        count=np.bincount(owner, minlength=problem.owners).astype(np.float64),
        owner_x=owner_x.astype(np.float64),
        owner_y=np.bincount(owner, y[owned], minlength=problem.owners).astype(np.float64),
    )


def _step(problem: Problem, sums: _Sums, variances: dict[str, float]) -> _Step:
    ridge, pull = _penalty(problem, variances)
    weight = sums.count + variances["noise"] / variances["models"]
    system = sums.xx + ridge - (sums.owner_x / weight[:, None]).T @ sums.owner_x
    right = sums.xy + pull - sums.owner_x.T @ (sums.owner_y / weight)
    beta, inverse = _constrained(system, right, problem.rising)
    return _Step(beta, (sums.owner_y - sums.owner_x @ beta) / weight, inverse)


def _penalty(problem: Problem, variances: dict[str, float]) -> tuple[Floats, Floats]:
    noise = variances["noise"]
    strength = noise / problem.sd**2
    pull = strength * problem.mean
    for kind, places in problem.kinds.items():
        strength[places] = noise / variances[kind]
    ridge = np.diag(strength + _TINY)
    tie = noise / variances["tied"]
    for place in problem.tied:
        ridge[place, place] += tie
        ridge[problem.tied_to, problem.tied_to] += tie
        ridge[place, problem.tied_to] -= tie
        ridge[problem.tied_to, place] -= tie
    return ridge, pull


def _constrained(system: Floats, right: Floats, rising: Ints) -> tuple[Floats, Floats]:
    """Return the solution whose rising coefficients are at least 0, and the inverse over what is not at its bound."""
    from scipy.optimize import nnls  # type: ignore[import-untyped]

    free = np.setdiff1d(np.arange(len(right)), rising)
    solved = np.linalg.solve(
        system[np.ix_(free, free)], np.column_stack([system[np.ix_(free, rising)], right[free]])
    )
    onto, rest = solved[:, :-1], solved[:, -1]
    across = system[np.ix_(free, rising)]
    reduced = system[np.ix_(rising, rising)] - across.T @ onto
    root = _root(reduced)
    bounded, _ = nnls(
        root, np.linalg.solve(root.T, right[rising] - across.T @ rest), maxiter=100 * len(rising)
    )
    beta = np.zeros(len(right))
    beta[rising] = bounded
    beta[free] = rest - onto @ bounded
    return beta, _inverse(system, np.concatenate([free, rising[bounded > 0]]))


def _root(matrix: Floats) -> Floats:
    even = (matrix + matrix.T) / 2.0
    jitter = _TINY * float(np.trace(even)) / len(even)
    root: NDArray[Any] = np.linalg.cholesky(even + jitter * np.eye(len(even))).T
    return root


def _inverse(system: Floats, active: NDArray[np.int64]) -> Floats:
    inverse = np.zeros_like(system)
    inverse[np.ix_(active, active)] = np.linalg.inv(system[np.ix_(active, active)])
    return inverse


def _learn(problem: Problem, sums: _Sums, variances: dict[str, float], step: _Step) -> None:
    """Set the variances to what the effects and the rest of the rows show."""
    noise = variances["noise"]
    beta, effects = step.beta, step.effects
    spread = np.diag(step.inverse)
    for kind, places in problem.kinds.items():
        if len(places) > 1:
            variances[kind] = _variance(beta[places], noise * spread[places])
    if len(problem.tied) > 1:
        variances["tied"] = _variance(
            beta[problem.tied] - beta[problem.tied_to], noise * spread[problem.tied]
        )
    own = effects[problem.owner] * (problem.owner >= 0) if problem.owners else 0.0
    error = problem.y - problem.x @ beta - own
    if problem.owners > 1:
        weight = sums.count + noise / variances["models"]
        shared = np.einsum("ij,ij->i", sums.owner_x @ step.inverse, sums.owner_x)
        variances["models"] = _variance(effects, noise * (1.0 / weight + shared / weight**2))
    used = float((spread > 0).sum()) + problem.owners
    variances["noise"] = max(float(error @ error) / max(len(error) - used, len(error) * 0.3), _LEAST_NOISE)


def _variance(effects: Floats, uncertain: Floats) -> float:
    return max(float(np.mean(effects**2 + uncertain)), _LEAST_VARIANCE)
