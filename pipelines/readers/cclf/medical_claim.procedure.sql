-- One row per procedure of an institutional claim. None becomes a line: they stand in the columns of the first line of their claim.
select
  procedure.file_id,
  procedure.line_number,
  case
    when claim.claim_id is null then 'a procedure without the header of its claim'
    when claim.left_out is not null then claim.left_out
    when procedure.procedure_code is null then 'a procedure without a code'
    when len(claim.procedures) > 25
      and not list_contains(list_transform(claim.procedures[1:25], lambda d: d.code), procedure.procedure_code)
      then 'beyond the 25 procedures that a claim can hold'
    else 'stands in the columns of its claim'
  end as left_out
from cclf.part_a_procedure as procedure
left join cclf.institutional as claim on claim.claim_id = procedure.claim_id and claim.owns_lines
