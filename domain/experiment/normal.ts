/** The standard normal quantile: Acklam's rational approximation, with a relative error under 1.2e-9. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`A probability is between 0 and 1, not ${p}.`);
  const lowest = 0.02425;
  if (p > 1 - lowest) return -normalQuantile(1 - p);
  if (p < lowest) {
    const q = Math.sqrt(-2 * Math.log(p));
    return poly(q, tailNumerator) / (poly(q, tailDenominator) * q + 1);
  }
  const q = p - 0.5;
  const r = q * q;
  return (poly(r, middleNumerator) * q) / (poly(r, middleDenominator) * r + 1);
}

const middleNumerator = [-3.969683028665376e1, 2.209460984245205e2, -2.759285104469687e2, 1.38357751867269e2, -3.066479806614716e1, 2.506628277459239];
const middleDenominator = [-5.447609879822406e1, 1.615858368580409e2, -1.556989798598866e2, 6.680131188771972e1, -1.328068155288572e1];
const tailNumerator = [-7.784894002430293e-3, -3.223964580411365e-1, -2.400758277161838, -2.549732539343734, 4.374664141464968, 2.938163982698783];
const tailDenominator = [7.784695709041462e-3, 3.224671290700398e-1, 2.445134137142996, 3.754408661907416];

function poly(x: number, coefficients: readonly number[]): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0);
}
