using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Finance.Migrations
{
    /// <inheritdoc />
    public partial class OneAccessEngine : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "invoices",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "invoices",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "invoices",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_tenant_id_owner_id_id",
                table: "invoices",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.Sql("""
                CREATE OR REPLACE FUNCTION guard_invoice() RETURNS trigger LANGUAGE plpgsql AS $$
                DECLARE
                    -- All that an issued invoice may still change; columns that are added later are frozen by default.
                    mutable CONSTANT text[] := ARRAY['status', 'amount_due', 'credit_note_id', 'update_time'];
                    -- Who looks after a document and who may see it is no part of it.
                    reach CONSTANT text[] := ARRAY['owner_id', 'readers', 'writers', 'update_time'];
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
                    IF (NEW.owner_id, NEW.readers, NEW.writers) IS DISTINCT FROM (OLD.owner_id, OLD.readers, OLD.writers)
                        AND to_jsonb(NEW) - reach IS NOT DISTINCT FROM to_jsonb(OLD) - reach THEN
                        RETURN NEW;
                    END IF;
                    IF to_jsonb(NEW) - mutable IS DISTINCT FROM to_jsonb(OLD) - mutable
                        OR NOT (OLD.status = 'Issued' AND NEW.status = 'Credited' AND NEW.amount_due = 0) THEN
                        RAISE EXCEPTION 'Invoice % is issued and cannot be changed: correct it by a credit note.', OLD.number USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NEW;
                END $$;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_invoices_tenant_id_owner_id_id",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "invoices");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "invoices");
        }
    }
}
