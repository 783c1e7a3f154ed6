-- One row per drug code (NDC) and class whose ingredients its name tells; names come from clinical sources, by NDC or by the RxNorm code that they state beside it. Medicines for weight alone are left out; `sacubitril` and `insulin` are classes of their own because fills of them leave people out.
with ingredient (class, name, words) as (
  values
    ('statin', 'atorvastatin', 'atorvastatin|lipitor|caduet'),
    ('statin', 'fluvastatin', 'fluvastatin|lescol'),
    ('statin', 'lovastatin', 'lovastatin|altoprev'),
    ('statin', 'pitavastatin', 'pitavastatin|livalo|zypitamag'),
    ('statin', 'pravastatin', 'pravastatin|pravachol'),
    ('statin', 'rosuvastatin', 'rosuvastatin|crestor|ezallor|roszet'),
    ('statin', 'simvastatin', 'simvastatin|zocor|vytorin'),
    ('diabetes', 'metformin', 'metformin|glucophage|glumetza|fortamet|riomet'),
    ('diabetes', 'chlorpropamide', 'chlorpropamide'),
    ('diabetes', 'glimepiride', 'glimepiride|amaryl'),
    ('diabetes', 'glipizide', 'glipizide|glucotrol'),
    ('diabetes', 'glyburide', 'glyburide|glynase'),
    ('diabetes', 'tolazamide', 'tolazamide'),
    ('diabetes', 'tolbutamide', 'tolbutamide'),
    ('diabetes', 'pioglitazone', 'pioglitazone|actos'),
    ('diabetes', 'rosiglitazone', 'rosiglitazone|avandia'),
    ('diabetes', 'alogliptin', 'alogliptin|nesina'),
    ('diabetes', 'linagliptin', 'linagliptin|tradjenta|jentadueto|glyxambi|trijardy'),
    ('diabetes', 'saxagliptin', 'saxagliptin|onglyza|kombiglyze'),
    ('diabetes', 'sitagliptin', 'sitagliptin|januvia|janumet|zituvio'),
    ('diabetes', 'albiglutide', 'albiglutide'),
    ('diabetes', 'dulaglutide', 'dulaglutide|trulicity'),
    ('diabetes', 'exenatide', 'exenatide|byetta|bydureon'),
    ('diabetes', 'liraglutide', 'liraglutide|victoza|xultophy'),
    ('diabetes', 'lixisenatide', 'lixisenatide|adlyxin|soliqua'),
    ('diabetes', 'semaglutide', 'semaglutide|ozempic|rybelsus'),
    ('diabetes', 'tirzepatide', 'tirzepatide|mounjaro'),
    ('diabetes', 'nateglinide', 'nateglinide|starlix'),
    ('diabetes', 'repaglinide', 'repaglinide|prandin'),
    ('diabetes', 'bexagliflozin', 'bexagliflozin|brenzavvy'),
    ('diabetes', 'canagliflozin', 'canagliflozin|invokana|invokamet'),
    ('diabetes', 'dapagliflozin', 'dapagliflozin|farxiga|xigduo|qtern'),
    ('diabetes', 'empagliflozin', 'empagliflozin|jardiance|synjardy|glyxambi|trijardy'),
    ('diabetes', 'ertugliflozin', 'ertugliflozin|steglatro|segluromet|steglujan'),
    ('insulin', 'insulin', 'insulin|lantus|basaglar|toujeo|semglee|rezvoglar|levemir|tresiba|humalog|admelog|lyumjev|novolog|fiasp|apidra|humulin|novolin|afrezza|soliqua|xultophy'),
    ('ras', 'benazepril', 'benazepril|lotensin|lotrel'),
    ('ras', 'captopril', 'captopril'),
    ('ras', 'enalapril', 'enalapril|vasotec|vaseretic|epaned'),
    ('ras', 'fosinopril', 'fosinopril'),
    ('ras', 'lisinopril', 'lisinopril|zestril|prinivil|zestoretic|qbrelis'),
    ('ras', 'moexipril', 'moexipril'),
    ('ras', 'perindopril', 'perindopril|prestalia'),
    ('ras', 'quinapril', 'quinapril|accupril|accuretic'),
    ('ras', 'ramipril', 'ramipril|altace'),
    ('ras', 'trandolapril', 'trandolapril|tarka'),
    ('ras', 'azilsartan', 'azilsartan|edarbi|edarbyclor'),
    ('ras', 'candesartan', 'candesartan|atacand'),
    ('ras', 'eprosartan', 'eprosartan'),
    ('ras', 'irbesartan', 'irbesartan|avapro|avalide'),
    ('ras', 'losartan', 'losartan|cozaar|hyzaar'),
    ('ras', 'olmesartan', 'olmesartan|benicar|azor|tribenzor'),
    ('ras', 'telmisartan', 'telmisartan|micardis|twynsta'),
    ('ras', 'valsartan', 'valsartan|diovan|exforge'),
    ('ras', 'aliskiren', 'aliskiren|tekturna'),
    ('sacubitril', 'sacubitril', 'sacubitril|entresto')
),
drug as (
  select
    named.code as ndc_code,
    lower(concat_ws(' ', named.name, clinical.name)) as name
  from core.drug_name as named
  left join core.drug_name as clinical
    on clinical.code_system = 'rxnorm'
    and clinical.code = named.rxnorm_code
  where named.code_system = 'ndc'
)
select
  drug.ndc_code,
  ingredient.class,
  string_agg(ingredient.name, ' and ' order by ingredient.name) as ingredient
from drug
join ingredient on regexp_matches(drug.name, '\b(' || ingredient.words || ')\b')
where not regexp_matches(drug.name, '\b(wegovy|saxenda|zepbound)\b')
  and not (ingredient.class = 'ras' and regexp_matches(drug.name, '\b(sacubitril|entresto)\b'))
group by all
