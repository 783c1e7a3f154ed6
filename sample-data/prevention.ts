import { ageOn, type Day, dayOf, yearOf } from './calendar.ts';
import { has, type Onsets } from './conditions.ts';
import { type Diary, performed, provided, usual } from './diary.ts';
import { facilityOf, specialistsOf } from './network.ts';
import type { Person } from './people.ts';
import type { World } from './plan.ts';
import { Random } from './random.ts';

/** Codes of a past mastectomy, for the few women who had one: of both breasts in one code or in two, or of one breast. */
export function mastectomyCodes(world: World, person: Person, onsets: Onsets, day: Day): readonly string[] {
  if (!has(onsets, 'breast-cancer', day)) return [];
  return new Random(world.seed, person.number, 30).weighted<readonly string[]>([
    [[], 64],
    [['Z9013'], 9],
    [['Z9011', 'Z9012'], 4],
    [['Z9011'], 12],
    [['Z9012'], 11],
  ]);
}

/** Screening and vaccines: by what the practice offers and what the person takes up. */
export function drawPrevention(random: Random, diary: Diary, institution: Day | null): void {
  drawMammograms(random, diary, institution);
  drawColonoscopies(random, diary);
  drawVaccines(random, diary);
}

function drawMammograms(random: Random, diary: Diary, institution: Day | null): void {
  const { person, world, onsets } = diary;
  const takesPart = random.chance(person.practice.manner.prevention + 0.11 * person.constitution.diligence);
  const facility = facilityOf(person.practice.hospitals[0]?.[0] ?? '360851');
  let day = world.start + random.whole(0, 700);
  while (day <= world.end) {
    const years = ageOn(person.birth, day);
    const isDue = person.sex === 'female' && years >= 40 && years <= 77;
    const isWhole = mastectomyCodes(world, person, onsets, day).every((code) => code !== 'Z9013' && code !== 'Z9011');
    const isHome = institution === null || day < institution;
    if (isDue && isWhole && isHome && random.chance(takesPart ? 0.93 : 0.07)) {
      const at = diary.book(day);
      if (at !== null) {
        const services = [provided(random, at, '0403', '77067'), performed(random, at, '77067', '26')];
        if (random.chance(0.7)) services.splice(1, 0, provided(random, at, '0403', '77063'));
        diary.add('outpatient', at, services, ['Z1231'], {
          facility,
          practitioner: usual(person, specialistsOf('radiology')),
          disposition: '01',
        });
      }
    }
    day += Math.round(random.between(370, 760));
  }
}

function drawColonoscopies(random: Random, diary: Diary): void {
  for (const day of diary.days(random, 0.055)) {
    const at = ageOn(diary.person.birth, day) <= 82 ? diary.book(day) : null;
    if (at === null) continue;
    const code = random.chance(0.4) ? '45380' : '45378';
    diary.add('ambulatory surgery', at, [performed(random, at, code)], [code === '45380' ? 'D122' : 'Z1211'], {
      practitioner: usual(diary.person, specialistsOf('gastroenterology')),
    });
  }
}

function drawVaccines(random: Random, diary: Diary): void {
  const { person, world } = diary;
  const accepts = Math.min(0.95, Math.max(0.05, 0.55 + 0.18 * person.constitution.diligence));
  for (let year = yearOf(world.start); year <= yearOf(world.end); year++) {
    if (!random.chance(accepts)) continue;
    const day = dayOf(year, 9, 5) + random.whole(0, 80);
    if (diary.isFree(day)) {
      diary.add('outpatient', day, [performed(random, day, '90662'), performed(random, day, 'G0008')], ['Z23'], {
        practitioner: usual(person, specialistsOf('pharmacy')),
      });
    }
  }
  for (const day of diary.days(random, 0.05)) {
    if (!diary.isFree(day)) continue;
    diary.add('outpatient', day, [performed(random, day, '90677'), performed(random, day, 'G0009')], ['Z23'], {
      practitioner: usual(person, specialistsOf('pharmacy')),
    });
  }
}
