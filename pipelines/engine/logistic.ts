/** What is known of one subject: the places of its factors, their values, and what came of it. */
export interface Observation {
  readonly places: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  readonly outcome: boolean;
}

export interface Fit {
  /** Log odds, by place. */
  readonly coefficients: Float64Array;
  /** Of the coefficients, from the curvature of the penalised likelihood. */
  readonly standardErrors: Float64Array;
}

const MOST_STEPS = 100;
const NEAR_ENOUGH = 1e-9;
const ROUNDING = 1e-12;

/**
 * Logistic regression by Newton's method (iteratively reweighted least squares), which maximises
 * log likelihood - sum(penalties[place] * coefficient² / 2): a penalty of 1 is a normal prior with a standard deviation
 * of 1 on the log odds. Throws when it does not settle, as where a factor without penalty separates the outcomes.
 */
export function fitLogistic(observations: readonly Observation[], penalties: ArrayLike<number>): Fit {
  const size = penalties.length;
  let coefficients: Float64Array = new Float64Array(size);
  let likelihood = penalisedLikelihood(observations, coefficients, penalties);
  for (let step = 0; step < MOST_STEPS; step++) {
    const { slope, curvature } = derivatives(observations, coefficients, penalties);
    const root = choleskyOf(curvature, size);
    const change = solve(root, slope, size);
    let share = 1;
    let next = moved(coefficients, change, share);
    let reached = penalisedLikelihood(observations, next, penalties);
    // A full step may overshoot; near the top, what is lost is only rounding.
    while (reached < likelihood - ROUNDING * Math.abs(likelihood)) {
      share /= 2;
      next = moved(coefficients, change, share);
      reached = penalisedLikelihood(observations, next, penalties);
    }
    coefficients = next;
    likelihood = reached;
    if (change.every((by) => Math.abs(by) < NEAR_ENOUGH)) {
      return { coefficients, standardErrors: standardErrorsOf(root, size) };
    }
  }
  throw new Error(`the logistic regression did not settle in ${MOST_STEPS} steps`);
}

const logitOf = ({ places, values }: Observation, coefficients: Float64Array): number => {
  let logit = 0;
  for (let at = 0; at < places.length; at++) logit += (coefficients[places[at] ?? 0] ?? 0) * (values[at] ?? 0);
  return logit;
};

function penalisedLikelihood(
  observations: readonly Observation[],
  coefficients: Float64Array,
  penalties: ArrayLike<number>,
): number {
  let sum = 0;
  for (const observation of observations) {
    const logit = logitOf(observation, coefficients);
    sum -= Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit)));
    if (observation.outcome) sum += logit;
  }
  coefficients.forEach((coefficient, place) => {
    sum -= ((penalties[place] ?? 0) * coefficient ** 2) / 2;
  });
  return sum;
}

/** Of the penalised log likelihood: its slope, and minus its second derivative as the rows of a square. */
function derivatives(
  observations: readonly Observation[],
  coefficients: Float64Array,
  penalties: ArrayLike<number>,
): { slope: Float64Array; curvature: Float64Array } {
  const size = coefficients.length;
  const slope = coefficients.map((coefficient, place) => -(penalties[place] ?? 0) * coefficient);
  const curvature = new Float64Array(size * size);
  for (let place = 0; place < size; place++) curvature[place * size + place] = penalties[place] ?? 0;
  for (const observation of observations) {
    const { places, values, outcome } = observation;
    const chance = 1 / (1 + Math.exp(-logitOf(observation, coefficients)));
    const left = Number(outcome) - chance;
    const weight = chance * (1 - chance);
    for (let one = 0; one < places.length; one++) {
      const row = places[one] ?? 0;
      const value = values[one] ?? 0;
      slope[row] = (slope[row] ?? 0) + left * value;
      for (let other = 0; other < places.length; other++) {
        const cell = row * size + (places[other] ?? 0);
        curvature[cell] = (curvature[cell] ?? 0) + weight * value * (values[other] ?? 0);
      }
    }
  }
  return { slope, curvature };
}

/** The lower triangle whose square a positive definite matrix is. */
function choleskyOf(matrix: Float64Array, size: number): Float64Array {
  const root = new Float64Array(size * size);
  const at = (row: number, column: number) => root[row * size + column] ?? 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let left = matrix[row * size + column] ?? 0;
      for (let before = 0; before < column; before++) left -= at(row, before) * at(column, before);
      if (row === column && !(left > 0)) throw new Error('a factor of the logistic regression depends on the others');
      root[row * size + column] = row === column ? Math.sqrt(left) : left / at(column, column);
    }
  }
  return root;
}

/** x of root * transposed(root) * x = right. */
function solve(root: Float64Array, right: Float64Array, size: number): Float64Array {
  const at = (row: number, column: number) => root[row * size + column] ?? 0;
  const found = Float64Array.from(right);
  for (let row = 0; row < size; row++) {
    let left = found[row] ?? 0;
    for (let column = 0; column < row; column++) left -= at(row, column) * (found[column] ?? 0);
    found[row] = left / at(row, row);
  }
  for (let row = size - 1; row >= 0; row--) {
    let left = found[row] ?? 0;
    for (let column = row + 1; column < size; column++) left -= at(column, row) * (found[column] ?? 0);
    found[row] = left / at(row, row);
  }
  return found;
}

const moved = (from: Float64Array, change: Float64Array, share: number): Float64Array =>
  from.map((coefficient, place) => coefficient + share * (change[place] ?? 0));

/** Square roots of the diagonal of the inverse. */
function standardErrorsOf(root: Float64Array, size: number): Float64Array {
  return Float64Array.from({ length: size }, (_, place) => {
    const unit = new Float64Array(size);
    unit[place] = 1;
    return Math.sqrt(solve(root, unit, size)[place] ?? 0);
  });
}
