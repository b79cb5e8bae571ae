/** How a file writes its decimals: `1,234.56` or `1.234,56`. Grouping is allowed where it is regular. */
export type DecimalMark = '.' | ',';

const patterns: Record<DecimalMark, RegExp> = {
  '.': /^-?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$/,
  ',': /^-?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$/,
};

/** The number as plain digits with a point, or null when it is not written that way: `plainDecimal('1.234,56', ',')` is '1234.56'. */
export function plainDecimal(text: string, mark: DecimalMark): string | null {
  if (!patterns[mark].test(text)) return null;
  return mark === '.' ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.');
}
