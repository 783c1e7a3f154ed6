-- One row per model, fold and risk factor: its coefficient (log odds). Fold 0 is fitted to every stay and gives what is expected; the others are fitted without the stays of that fold, on which they are judged.
select * from mart.readmission_factor
