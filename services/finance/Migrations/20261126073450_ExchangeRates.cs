using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <inheritdoc />
    public partial class ExchangeRates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "reporting_currency",
                table: "invoices",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<decimal>(
                name: "reporting_rate",
                table: "invoices",
                type: "numeric",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "reporting_currency",
                table: "credit_notes",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<decimal>(
                name: "reporting_rate",
                table: "credit_notes",
                type: "numeric",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "exchange_rate_copies",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_currency = table.Column<string>(type: "text", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    rate = table.Column<decimal>(type: "numeric", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exchange_rate_copies", x => new { x.tenant_id, x.company_currency, x.currency, x.valid_from });
                });

            migrationBuilder.CreateTable(
                name: "rate_books",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<long>(type: "bigint", nullable: false),
                    reported_version = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rate_books", x => x.tenant_id);
                });

            // What an issued invoice is worth in the company's currency is no part of the document; once known, it stays all the same.
            migrationBuilder.Sql("""
                DROP TRIGGER guard_invoice ON invoices;
                CREATE TRIGGER guard_invoice_insertion BEFORE INSERT ON invoices FOR EACH ROW EXECUTE FUNCTION guard_invoice();
                CREATE TRIGGER guard_invoice BEFORE UPDATE ON invoices FOR EACH ROW
                    WHEN (to_jsonb(NEW) - ARRAY['reporting_currency', 'reporting_rate'] IS DISTINCT FROM to_jsonb(OLD) - ARRAY['reporting_currency', 'reporting_rate'])
                    EXECUTE FUNCTION guard_invoice();
                CREATE FUNCTION guard_invoice_rate() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'Invoice % is issued and keeps its rate.', OLD.number USING ERRCODE = 'restrict_violation';
                END $$;
                CREATE TRIGGER guard_invoice_rate BEFORE UPDATE ON invoices FOR EACH ROW
                    WHEN (OLD.status <> 'Draft' AND OLD.reporting_rate IS NOT NULL AND NEW.reporting_currency = OLD.reporting_currency AND NEW.reporting_rate IS DISTINCT FROM OLD.reporting_rate)
                    EXECUTE FUNCTION guard_invoice_rate();
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                DROP TRIGGER guard_invoice_rate ON invoices;
                DROP FUNCTION guard_invoice_rate;
                DROP TRIGGER guard_invoice_insertion ON invoices;
                DROP TRIGGER guard_invoice ON invoices;
                CREATE TRIGGER guard_invoice BEFORE INSERT OR UPDATE ON invoices FOR EACH ROW EXECUTE FUNCTION guard_invoice();
                """);

            migrationBuilder.DropTable(
                name: "exchange_rate_copies");

            migrationBuilder.DropTable(
                name: "rate_books");

            migrationBuilder.DropColumn(
                name: "reporting_currency",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "reporting_rate",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "reporting_currency",
                table: "credit_notes");

            migrationBuilder.DropColumn(
                name: "reporting_rate",
                table: "credit_notes");
        }
    }
}
