/** With a contrast of 3 to the paper in both schemes, as all chart colours; every chart has a table beside it. */
const colors = ['light-dark(#1f6f75, #4d9ea3)', 'light-dark(#c08a12, #d9a836)', 'light-dark(#6b3fa0, #a884d4)', 'light-dark(#b3323a, #e0616a)', 'light-dark(#4a6b2a, #86ad5c)', 'light-dark(#2f5fb3, #7ba2e6)'];

export function groupColor(index: number): string {
  return colors[index % colors.length] ?? 'gray';
}
