-- One row per diagnosis of an institutional claim. None becomes a line: they stand in the columns of the first line of their claim.
select
  diagnosis.file_id,
  diagnosis.line_number,
  case
    when claim.claim_id is null then 'a diagnosis without the header of its claim'
    when claim.left_out is not null then claim.left_out
    when diagnosis.diagnosis_code is null then 'a diagnosis without a code'
    when len(claim.diagnoses) > 25
      and not list_contains(list_transform(claim.diagnoses[1:25], lambda d: d.code), diagnosis.diagnosis_code)
      then 'beyond the 25 diagnoses that a claim can hold'
    else 'stands in the columns of its claim'
  end as left_out
from cclf.part_a_diagnosis as diagnosis
left join cclf.institutional as claim on claim.claim_id = diagnosis.claim_id and claim.owns_lines
