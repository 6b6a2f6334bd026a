using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class ContactPoints : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(global::Platform.Contacts.ContactPoints.PointScripts.Functions);

            migrationBuilder.AddColumn<string>(
                name: "other_addresses",
                table: "people",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.AddColumn<string>(
                name: "other_emails",
                table: "people",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.AddColumn<string>(
                name: "other_phones",
                table: "people",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.AddColumn<string>(
                name: "phone_e164",
                table: "people",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "phone_e164",
                table: "leads",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "other_addresses",
                table: "companies",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.AddColumn<string>(
                name: "other_emails",
                table: "companies",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.AddColumn<string>(
                name: "other_phones",
                table: "companies",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'[]'::jsonb");

            migrationBuilder.AddColumn<string>(
                name: "phone_e164",
                table: "companies",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "other_email_texts",
                table: "people",
                type: "text[]",
                nullable: true,
                computedColumnSql: "platform.other_emails(other_emails)",
                stored: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "other_phone_texts",
                table: "people",
                type: "text[]",
                nullable: true,
                computedColumnSql: "platform.other_phones(other_phones)",
                stored: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "other_email_texts",
                table: "companies",
                type: "text[]",
                nullable: true,
                computedColumnSql: "platform.other_emails(other_emails)",
                stored: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "other_phone_texts",
                table: "companies",
                type: "text[]",
                nullable: true,
                computedColumnSql: "platform.other_phones(other_phones)",
                stored: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_tenant_id_phone_e164",
                table: "people",
                columns: new[] { "tenant_id", "phone_e164" });

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_phone_e164",
                table: "leads",
                columns: new[] { "tenant_id", "phone_e164" });

            migrationBuilder.CreateIndex(
                name: "ix_companies_tenant_id_phone_e164",
                table: "companies",
                columns: new[] { "tenant_id", "phone_e164" });

            migrationBuilder.Sql(global::Platform.Contacts.ContactPoints.PointScripts.NotePhones);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_people_tenant_id_phone_e164",
                table: "people");

            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_phone_e164",
                table: "leads");

            migrationBuilder.DropIndex(
                name: "ix_companies_tenant_id_phone_e164",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "other_email_texts",
                table: "people");

            migrationBuilder.DropColumn(
                name: "other_phone_texts",
                table: "people");

            migrationBuilder.DropColumn(
                name: "other_email_texts",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "other_phone_texts",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "other_addresses",
                table: "people");

            migrationBuilder.DropColumn(
                name: "other_emails",
                table: "people");

            migrationBuilder.DropColumn(
                name: "other_phones",
                table: "people");

            migrationBuilder.DropColumn(
                name: "phone_e164",
                table: "people");

            migrationBuilder.DropColumn(
                name: "phone_e164",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "other_addresses",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "other_emails",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "other_phones",
                table: "companies");

            migrationBuilder.DropColumn(
                name: "phone_e164",
                table: "companies");
        }
    }
}
