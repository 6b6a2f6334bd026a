using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;
using Platform.Deals.Quotes;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class Quotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "amount_mode",
                table: "deals",
                type: "text",
                nullable: false,
                defaultValueSql: "'Lines'");

            migrationBuilder.CreateTable(
                name: "quote_series",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    year = table.Column<int>(type: "integer", nullable: false),
                    last_number = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quote_series", x => new { x.tenant_id, x.year });
                });

            migrationBuilder.CreateTable(
                name: "quotes",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "text", nullable: true),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    root_id = table.Column<Guid>(type: "uuid", nullable: false),
                    previous_id = table.Column<Guid>(type: "uuid", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    deal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: true),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "text", nullable: false),
                    seller = table.Column<string>(type: "jsonb", nullable: true),
                    buyer = table.Column<string>(type: "jsonb", nullable: false),
                    currency = table.Column<string>(type: "text", nullable: false),
                    tax_rounding = table.Column<string>(type: "text", nullable: false),
                    net_total = table.Column<decimal>(type: "numeric", nullable: false),
                    tax_total = table.Column<decimal>(type: "numeric", nullable: false),
                    total = table.Column<decimal>(type: "numeric", nullable: false),
                    expire_date = table.Column<DateOnly>(type: "date", nullable: false),
                    time_zone = table.Column<string>(type: "text", nullable: false),
                    expire_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    introduction = table.Column<string>(type: "text", nullable: false),
                    terms = table.Column<string>(type: "text", nullable: false),
                    language = table.Column<string>(type: "text", nullable: false),
                    wins_deal = table.Column<bool>(type: "boolean", nullable: false),
                    send_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    content_hash = table.Column<string>(type: "text", nullable: false),
                    answer_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    signer_name = table.Column<string>(type: "text", nullable: false),
                    decline_reason = table.Column<string>(type: "text", nullable: false),
                    client_address = table.Column<string>(type: "text", nullable: false),
                    answered_hash = table.Column<string>(type: "text", nullable: false),
                    recorded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    custom_fields = table.Column<string>(type: "jsonb", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    readers = table.Column<List<string>>(type: "text[]", nullable: false, defaultValueSql: "'{}'::text[]"),
                    writers = table.Column<List<string>>(type: "text[]", nullable: false, defaultValueSql: "'{}'::text[]"),
                    line_items = table.Column<string>(type: "jsonb", nullable: true),
                    tax_subtotals = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quotes", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_quotes_answered", "status NOT IN ('Accepted', 'Declined') OR answer_time IS NOT NULL");
                    table.CheckConstraint("ck_quotes_sent", "status = 'Draft' OR (number IS NOT NULL AND seller IS NOT NULL AND send_time IS NOT NULL AND content_hash <> '')");
                    table.CheckConstraint("ck_quotes_total", "total = net_total + tax_total");
                    table.ForeignKey(
                        name: "fk_quotes_deals",
                        columns: x => new { x.tenant_id, x.deal_id },
                        principalTable: "deals",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "quote_expiries",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quote_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quote_expiries", x => new { x.tenant_id, x.quote_id });
                    table.ForeignKey(
                        name: "fk_quote_expiries_quotes_tenant_id_quote_id",
                        columns: x => new { x.tenant_id, x.quote_id },
                        principalTable: "quotes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateTable(
                name: "quote_links",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quote_id = table.Column<Guid>(type: "uuid", nullable: false),
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_quote_links", x => new { x.tenant_id, x.quote_id });
                    table.ForeignKey(
                        name: "fk_quote_links_quotes_tenant_id_quote_id",
                        columns: x => new { x.tenant_id, x.quote_id },
                        principalTable: "quotes",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_quote_expiries_due_time",
                table: "quote_expiries",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_quote_links_tenant_id_token_hash",
                table: "quote_links",
                columns: new[] { "tenant_id", "token_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_quotes_accepted",
                table: "quotes",
                columns: new[] { "tenant_id", "deal_id" },
                unique: true,
                filter: "status = 'Accepted'");

            migrationBuilder.CreateIndex(
                name: "ix_quotes_tenant_id_company_id",
                table: "quotes",
                columns: new[] { "tenant_id", "company_id" });

            migrationBuilder.CreateIndex(
                name: "ix_quotes_tenant_id_deal_id_id",
                table: "quotes",
                columns: new[] { "tenant_id", "deal_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_quotes_tenant_id_number_revision",
                table: "quotes",
                columns: new[] { "tenant_id", "number", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_quotes_tenant_id_owner_id_id",
                table: "quotes",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_quotes_tenant_id_root_id_revision",
                table: "quotes",
                columns: new[] { "tenant_id", "root_id", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_quotes_tenant_id_status_id",
                table: "quotes",
                columns: new[] { "tenant_id", "status", "id" });

            migrationBuilder.Sql(QuoteScripts.Up);
            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("quotes", "deals.quote"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.DropTrigger("quotes"));
            migrationBuilder.Sql(QuoteScripts.Down);

            migrationBuilder.DropTable(
                name: "quote_expiries");

            migrationBuilder.DropTable(
                name: "quote_links");

            migrationBuilder.DropTable(
                name: "quote_series");

            migrationBuilder.DropTable(
                name: "quotes");

            migrationBuilder.DropColumn(
                name: "amount_mode",
                table: "deals");
        }
    }
}
