using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class ConsentsAndConversions : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<List<string>>(
                name: "consented_to",
                table: "people",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<string>(
                name: "consents",
                table: "people",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.AddColumn<List<string>>(
                name: "consented_to",
                table: "leads",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<string>(
                name: "consents",
                table: "leads",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.CreateTable(
                name: "consent_statements",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: true),
                    purpose = table.Column<string>(type: "text", nullable: false),
                    given = table.Column<bool>(type: "boolean", nullable: false),
                    time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    text_version = table.Column<string>(type: "text", nullable: false),
                    address = table.Column<string>(type: "text", nullable: false),
                    recorded_by = table.Column<string>(type: "text", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_consent_statements", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_consent_statements_record", "num_nonnulls(person_id, lead_id) = 1");
                });

            migrationBuilder.CreateTable(
                name: "lead_conversions",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: true),
                    subject = table.Column<string>(type: "text", nullable: false),
                    is_abandoned = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_lead_conversions", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateIndex(
                name: "ix_consent_statements_tenant_id_lead_id_time_id",
                table: "consent_statements",
                columns: new[] { "tenant_id", "lead_id", "time", "id" },
                filter: "lead_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_consent_statements_tenant_id_person_id_time_id",
                table: "consent_statements",
                columns: new[] { "tenant_id", "person_id", "time", "id" },
                filter: "person_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_lead_conversions_tenant_id_lead_id",
                table: "lead_conversions",
                columns: new[] { "tenant_id", "lead_id" },
                unique: true,
                filter: "NOT is_abandoned");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "consent_statements");

            migrationBuilder.DropTable(
                name: "lead_conversions");

            migrationBuilder.DropColumn(
                name: "consented_to",
                table: "people");

            migrationBuilder.DropColumn(
                name: "consents",
                table: "people");

            migrationBuilder.DropColumn(
                name: "consented_to",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "consents",
                table: "leads");
        }
    }
}
