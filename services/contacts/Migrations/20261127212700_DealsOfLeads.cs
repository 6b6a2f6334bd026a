using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class DealsOfLeads : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "converted_deal_id",
                table: "leads",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "ix_leads_tenant_id_converted_deal_id",
                table: "leads",
                columns: new[] { "tenant_id", "converted_deal_id" },
                filter: "converted_deal_id IS NOT NULL");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_leads_tenant_id_converted_deal_id",
                table: "leads");

            migrationBuilder.DropColumn(
                name: "converted_deal_id",
                table: "leads");
        }
    }
}
