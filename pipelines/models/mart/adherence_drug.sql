-- One row per drug code (NDC) and class of medicines, with the ingredients that the words of its name tell, brands among them. Medicines for weight alone are left out, and syringes and needles for insulin. `sacubitril`, `insulin` and `fertility` are classes of their own because fills of them leave people out; `other diabetes` counts where every medicine for diabetes does. `ingredient_bits` are the ingredients as the bits of a number, and `place` their place in order of the alphabet, both of the class.
with ingredient (class, name, words) as (
  values
    ('statin', 'atorvastatin', 'atorvastatin|lipitor|caduet|atorvaliq|liptruzet'),
    ('statin', 'fluvastatin', 'fluvastatin|lescol'),
    ('statin', 'lovastatin', 'lovastatin|altoprev|mevacor|advicor'),
    ('statin', 'pitavastatin', 'pitavastatin|livalo|zypitamag|nikita'),
    ('statin', 'pravastatin', 'pravastatin|pravachol'),
    ('statin', 'rosuvastatin', 'rosuvastatin|crestor|ezallor|roszet'),
    ('statin', 'simvastatin', 'simvastatin|zocor|vytorin|flolipid|simcor|juvisync'),
    ('diabetes', 'metformin', 'metformin|glucophage|glumetza|fortamet|riomet|glucovance|metaglip|avandamet|actoplus|prandimet|kazano|janumet|zituvimet|jentadueto|kombiglyze|invokamet|xigduo|synjardy|segluromet|trijardy|qternmet'),
    ('diabetes', 'chlorpropamide', 'chlorpropamide|diabinese'),
    ('diabetes', 'glimepiride', 'glimepiride|amaryl|duetact|avandaryl'),
    ('diabetes', 'glipizide', 'glipizide|glucotrol|metaglip'),
    ('diabetes', 'glyburide', 'glyburide|glynase|micronase|diabeta|glucovance'),
    ('diabetes', 'tolazamide', 'tolazamide|tolinase'),
    ('diabetes', 'tolbutamide', 'tolbutamide|orinase'),
    ('diabetes', 'pioglitazone', 'pioglitazone|actos|actoplus|duetact|oseni'),
    ('diabetes', 'rosiglitazone', 'rosiglitazone|avandia|avandamet|avandaryl'),
    ('diabetes', 'alogliptin', 'alogliptin|nesina|kazano|oseni'),
    ('diabetes', 'linagliptin', 'linagliptin|tradjenta|jentadueto|glyxambi|trijardy'),
    ('diabetes', 'saxagliptin', 'saxagliptin|onglyza|kombiglyze|qtern|qternmet'),
    ('diabetes', 'sitagliptin', 'sitagliptin|januvia|janumet|zituvio|zituvimet|brynovin|steglujan|juvisync'),
    ('diabetes', 'albiglutide', 'albiglutide|tanzeum'),
    ('diabetes', 'dulaglutide', 'dulaglutide|trulicity'),
    ('diabetes', 'exenatide', 'exenatide|byetta|bydureon'),
    ('diabetes', 'liraglutide', 'liraglutide|victoza|xultophy'),
    ('diabetes', 'lixisenatide', 'lixisenatide|adlyxin|soliqua'),
    ('diabetes', 'semaglutide', 'semaglutide|ozempic|rybelsus'),
    ('diabetes', 'tirzepatide', 'tirzepatide|mounjaro'),
    ('diabetes', 'nateglinide', 'nateglinide|starlix'),
    ('diabetes', 'repaglinide', 'repaglinide|prandin|prandimet'),
    ('diabetes', 'bexagliflozin', 'bexagliflozin|brenzavvy'),
    ('diabetes', 'canagliflozin', 'canagliflozin|invokana|invokamet'),
    ('diabetes', 'dapagliflozin', 'dapagliflozin|farxiga|xigduo|qtern|qternmet'),
    ('diabetes', 'empagliflozin', 'empagliflozin|jardiance|synjardy|glyxambi|trijardy'),
    ('diabetes', 'ertugliflozin', 'ertugliflozin|steglatro|segluromet|steglujan'),
    ('other diabetes', 'acarbose', 'acarbose|precose'),
    ('other diabetes', 'miglitol', 'miglitol|glyset'),
    ('other diabetes', 'pramlintide', 'pramlintide|symlin|symlinpen'),
    ('insulin', 'insulin', 'insulin|lantus|basaglar|toujeo|semglee|rezvoglar|levemir|tresiba|humalog|admelog|lyumjev|novolog|fiasp|apidra|merilog|kirsty|humulin|novolin|myxredlin|afrezza|soliqua|xultophy'),
    ('fertility', 'clomiphene', 'clomiphene|clomid|milophene|serophene'),
    ('ras', 'benazepril', 'benazepril|lotensin|lotrel'),
    ('ras', 'captopril', 'captopril|capoten|capozide'),
    ('ras', 'enalapril', 'enalapril|vasotec|vaseretic|epaned'),
    ('ras', 'fosinopril', 'fosinopril|monopril'),
    ('ras', 'lisinopril', 'lisinopril|zestril|prinivil|zestoretic|prinzide|qbrelis'),
    ('ras', 'moexipril', 'moexipril|univasc|uniretic'),
    ('ras', 'perindopril', 'perindopril|aceon|prestalia'),
    ('ras', 'quinapril', 'quinapril|accupril|accuretic'),
    ('ras', 'ramipril', 'ramipril|altace'),
    ('ras', 'trandolapril', 'trandolapril|mavik|tarka'),
    ('ras', 'azilsartan', 'azilsartan|edarbi|edarbyclor'),
    ('ras', 'candesartan', 'candesartan|atacand'),
    ('ras', 'eprosartan', 'eprosartan|teveten'),
    ('ras', 'irbesartan', 'irbesartan|avapro|avalide'),
    ('ras', 'losartan', 'losartan|cozaar|hyzaar|arbli'),
    ('ras', 'olmesartan', 'olmesartan|benicar|azor|tribenzor'),
    ('ras', 'telmisartan', 'telmisartan|micardis|twynsta|widaplik'),
    ('ras', 'valsartan', 'valsartan|diovan|exforge|byvalson|valturna'),
    ('ras', 'aliskiren', 'aliskiren|tekturna|tekamlo|amturnide|valturna'),
    ('sacubitril', 'sacubitril', 'sacubitril|entresto')
),
word as (
  select
    class,
    name as ingredient,
    1::bigint << (row_number() over (partition by class order by name) - 1) as ingredient_bit,
    unnest(string_split(words, '|')) as word
  from ingredient
),
drug as (
  select
    named.code as ndc_code,
    regexp_extract_all(lower(concat_ws(' ', named.name, clinical.name)), '[a-z0-9]+') as words
  from core.drug_name as named
  left join core.drug_name as clinical
    on clinical.code_system = 'rxnorm'
    and clinical.code = named.rxnorm_code
  where named.code_system = 'ndc'
),
drug_word as (
  select distinct ndc_code, words, unnest(words) as word
  from drug
)
select
  drug_word.ndc_code,
  word.class,
  list(distinct word.ingredient order by word.ingredient) as ingredients,
  bit_or(word.ingredient_bit) as ingredient_bits,
  dense_rank() over (partition by word.class order by ingredients) as place
from drug_word
join word using (word)
where not list_has_any(drug_word.words, ['wegovy', 'saxenda', 'zepbound'])
  and not (word.class = 'ras' and list_has_any(drug_word.words, ['sacubitril', 'entresto']))
  and not (
    word.class = 'insulin'
    and list_has_any(drug_word.words, ['syringe', 'syringes', 'needle', 'needles'])
    and not list_has_any(
      drug_word.words,
      ['glargine', 'lispro', 'aspart', 'detemir', 'degludec', 'glulisine', 'regular', 'human', 'isophane', 'nph']
    )
  )
group by drug_word.ndc_code, word.class
