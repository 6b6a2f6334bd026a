using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Platform.CustomFields.Values;

#nullable disable

namespace Platform.Inventory.Migrations
{
    /// <inheritdoc />
    public partial class FieldsOfPrices : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "custom_fields",
                table: "price_lists",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "price_lists",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "price_lists",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "price_lists",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_price_lists_tenant_id_owner_id_id",
                table: "price_lists",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.AddColumn<string>(
                name: "custom_fields",
                table: "prices",
                type: "jsonb",
                nullable: false,
                defaultValueSql: "'{}'::jsonb");

            migrationBuilder.AddColumn<Guid>(
                name: "owner_id",
                table: "prices",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<List<string>>(
                name: "readers",
                table: "prices",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.AddColumn<List<string>>(
                name: "writers",
                table: "prices",
                type: "text[]",
                nullable: false,
                defaultValueSql: "'{}'::text[]");

            migrationBuilder.CreateIndex(
                name: "ix_prices_tenant_id_owner_id_id",
                table: "prices",
                columns: new[] { "tenant_id", "owner_id", "id" });

            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("price_lists", "inventory.price_list"));
            migrationBuilder.Sql(CustomFieldScripts.CreateTrigger("prices", "inventory.price"));
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(CustomFieldScripts.DropTrigger("prices"));

            migrationBuilder.DropIndex(
                name: "ix_prices_tenant_id_owner_id_id",
                table: "prices");

            migrationBuilder.DropColumn(
                name: "custom_fields",
                table: "prices");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "prices");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "prices");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "prices");

            migrationBuilder.Sql(CustomFieldScripts.DropTrigger("price_lists"));

            migrationBuilder.DropIndex(
                name: "ix_price_lists_tenant_id_owner_id_id",
                table: "price_lists");

            migrationBuilder.DropColumn(
                name: "custom_fields",
                table: "price_lists");

            migrationBuilder.DropColumn(
                name: "owner_id",
                table: "price_lists");

            migrationBuilder.DropColumn(
                name: "readers",
                table: "price_lists");

            migrationBuilder.DropColumn(
                name: "writers",
                table: "price_lists");
        }
    }
}
