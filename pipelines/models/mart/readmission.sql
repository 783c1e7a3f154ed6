-- One row per stay in short-term acute and critical access hospitals, judged as index and as what follows, with the chance of an unplanned return within 30 days that the internal model expects of an index stay (null where too few returned to fit one).
select stay.*, risk.expected
from mart.readmission_stay as stay
left join mart.readmission_risk as risk on risk.stay_id = stay.stay_id
