import Holidays from 'date-holidays';
import type { DocumentPath, Problems } from './problems';

/** Public holidays are known for the country, by its ISO 3166-1 code, and its region. */
export function checkPlace(country: string, region: string | null, path: DocumentPath, problems: Problems): void {
  const places = new Holidays();
  const countries = Object.keys(places.getCountries());
  if (!countries.includes(country)) {
    problems.add([...path, 'country'], `no public holidays are known for "${country}"`, `one of ${countries.join(', ')}`);
    return;
  }
  const regions = Object.keys(places.getStates(country) ?? {});
  if (region !== null && !regions.includes(region)) {
    problems.add([...path, 'region'], `"${region}" is not a region of ${country}`, regions.length ? `one of ${regions.join(', ')}` : 'leave it out');
  }
}
