/** The two kinds of medical claims, as SQL. */
export const INSTITUTIONAL = "claim_type = 'institutional'";
export const PROFESSIONAL = "claim_type = 'professional'";
