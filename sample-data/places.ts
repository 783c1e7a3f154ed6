export interface Place {
  readonly zip: string;
  readonly city: string;
  readonly county: string;
  /** Five digits (Census Bureau). */
  readonly countyFips: string;
}

export const STATE = 'OH';

const COUNTIES: readonly (readonly [fips: string, county: string, zips: string])[] = [
  [
    '39049',
    'Franklin County',
    `43201 Columbus:3, 43204 Columbus:5, 43206 Columbus:4, 43207 Columbus:5, 43211 Columbus:3, 43214 Columbus:4,
     43221 Columbus:5, 43224 Columbus:5, 43227 Columbus:3, 43228 Columbus:6, 43229 Columbus:6, 43230 Columbus:6,
     43235 Columbus:5, 43081 Westerville:6, 43123 Grove City:6, 43026 Hilliard:5, 43017 Dublin:5`,
  ],
  ['39041', 'Delaware County', '43015 Delaware:5, 43065 Powell:4, 43035 Lewis Center:3, 43074 Sunbury:2'],
  ['39089', 'Licking County', '43055 Newark:6, 43056 Heath:2, 43023 Granville:2, 43062 Pataskala:3'],
  ['39045', 'Fairfield County', '43130 Lancaster:5, 43147 Pickerington:4'],
  ['39129', 'Pickaway County', '43113 Circleville:3'],
  ['39097', 'Madison County', '43140 London:4'],
  ['39159', 'Union County', '43040 Marysville:6'],
];

/** Where the people live: ZIP codes of central Ohio, each with its share of them. */
export const PLACES: readonly (readonly [Place, number])[] = COUNTIES.flatMap(([countyFips, county, zips]) =>
  zips.split(',').map((entry) => {
    const [place = '', weight = ''] = entry.trim().split(':');
    return [{ zip: place.slice(0, 5), city: place.slice(6), county, countyFips }, Number(weight)] as const;
  }),
);

export const placeOf = (zip: string): Place => {
  const found = PLACES.find(([place]) => place.zip === zip);
  if (!found) throw new Error(`no place with ZIP code ${zip}`);
  return found[0];
};
