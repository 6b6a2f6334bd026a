using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <inheritdoc />
    public partial class FieldsOfCreditNotes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "custom_fields",
                table: "credit_notes",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "credit_notes",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "credit_notes",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "credit_notes",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_credit_notes_tenant_id_owner_id_id",
                table: "credit_notes",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("credit_notes", "finance.credit_note"));
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION guard_credit_note() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    -- Who looks after a document, who may see it, and what the platform counts of it elsewhere is no part of it.
                    beside CONSTANT text[] := ARRAY['owner_id', 'readers', 'writers', 'update_time', 'custom_fields'];
                BEGIN
                    IF TG_OP = 'UPDATE' AND to_jsonb(NEW) - beside IS NOT DISTINCT FROM to_jsonb(OLD) - beside
                        AND platform.entered_fields(NEW.custom_fields) = platform.entered_fields(OLD.custom_fields) THEN
                        RETURN NEW;
                    END IF;
                    RAISE EXCEPTION 'Credit note % is issued and cannot be changed.', OLD.number USING ERRCODE = 'restrict_violation';
                END $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION guard_credit_note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE EXCEPTION 'Credit note % is issued and cannot be changed.', OLD.number USING ERRCODE = 'restrict_violation';
                END $$;
                """);

            migrationBuilder.Sql(CustomFieldScripts.DropTrigger("credit_notes"));

            migrationBuilder.DropIndex(
                name: "ix_credit_notes_tenant_id_owner_id_id",
                table: "credit_notes");

            migrationBuilder.DropColumn(
                name: "custom_fields",
                table: "credit_notes");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "credit_notes");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "credit_notes");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "credit_notes");
        }
    }
}
