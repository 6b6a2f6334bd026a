using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <summary>
    /// What the platform computes beside the custom fields of an issued invoice is no part of the document: the rates of its amounts, and
    /// what it gives to roll-ups. A rate, once known, stays all the same.
    /// </summary>
    public partial class RatesOfInvoiceFields : Migration
    {
        private const string Guard = """
            CREATE OR REPLACE FUNCTION guard_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
            DECLARE
                -- All that an issued invoice may still change; columns that are added later are frozen by default.
                mutable CONSTANT text[] := ARRAY['status', 'amount_due', 'credit_note_id', 'update_time'];
                -- Who looks after a document and who may see it is no part of it.
                reach CONSTANT text[] := ARRAY['owner_id', 'readers', 'writers', 'update_time'];
                before jsonb;
                after jsonb;
            BEGIN
                IF TG_OP = 'INSERT' THEN
                    IF NEW.status <> 'Draft' THEN
                        RAISE EXCEPTION 'An invoice begins as a draft.' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END IF;
                IF OLD.status = 'Draft' THEN
                    IF TG_OP = 'DELETE' THEN
                        RETURN OLD;
                    END IF;
                    IF NEW.status NOT IN ('Draft', 'Issued') THEN
                        RAISE EXCEPTION 'A draft is issued before anything else.' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END IF;
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION 'Invoice % is issued and stays.', OLD.number USING ERRCODE = 'restrict_violation';
                END IF;
                before := to_jsonb(OLD){entered before};
                after := to_jsonb(NEW){entered after};
                IF (NEW.owner_id, NEW.readers, NEW.writers) IS DISTINCT FROM (OLD.owner_id, OLD.readers, OLD.writers) AND after - reach IS NOT DISTINCT FROM before - reach THEN
                    RETURN NEW;
                END IF;
                IF after - mutable IS DISTINCT FROM before - mutable OR NOT (OLD.status = 'Issued' AND NEW.status = 'Credited' AND NEW.amount_due = 0) THEN
                    RAISE EXCEPTION 'Invoice % is issued and cannot be changed: correct it by a credit note.', OLD.number USING ERRCODE = 'restrict_violation';
                END IF;
                RETURN NEW;
            END $$;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(Guard
                .Replace("{entered before}", " || jsonb_build_object('custom_fields', platform.entered_fields(OLD.custom_fields))")
                .Replace("{entered after}", " || jsonb_build_object('custom_fields', platform.entered_fields(NEW.custom_fields))"));
            migrationBuilder.Sql("""
                DROP TRIGGER guard_invoice ON invoices;
                CREATE TRIGGER guard_invoice BEFORE UPDATE ON invoices FOR EACH ROW
                    WHEN (to_jsonb(NEW) - ARRAY['reporting_currency', 'reporting_rate', 'custom_fields'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['reporting_currency', 'reporting_rate', 'custom_fields']
                        OR platform.entered_fields(NEW.custom_fields) IS DISTINCT FROM platform.entered_fields(OLD.custom_fields))
                    EXECUTE FUNCTION guard_invoice();
                CREATE TRIGGER guard_invoice_field_rates BEFORE UPDATE OF custom_fields ON invoices FOR EACH ROW
                    WHEN (OLD.status <> 'Draft' AND platform.has_other_rates(OLD.custom_fields, NEW.custom_fields))
                    EXECUTE FUNCTION guard_invoice_rate();
                """);

            // Amounts in custom fields get their rates with the next call of each company.
            migrationBuilder.Sql("""
                ALTER TABLE rate_books NO FORCE ROW LEVEL SECURITY;
                UPDATE rate_books SET reported_version = -1;
                ALTER TABLE rate_books FORCE ROW LEVEL SECURITY;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER guard_invoice_field_rates ON invoices;
                DROP TRIGGER guard_invoice ON invoices;
                CREATE TRIGGER guard_invoice BEFORE UPDATE ON invoices FOR EACH ROW
                    WHEN (to_jsonb(NEW) - ARRAY['reporting_currency', 'reporting_rate'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['reporting_currency', 'reporting_rate'])
                    EXECUTE FUNCTION guard_invoice();
                """);
            migrationBuilder.Sql(Guard.Replace("{entered before}", "").Replace("{entered after}", ""));
        }
    }
}
