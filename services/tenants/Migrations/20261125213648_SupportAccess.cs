using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Tenants.Migrations
{
    /// <inheritdoc />
    public partial class SupportAccess : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "support_grants",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    state = table.Column<short>(type: "smallint", nullable: false),
                    support_user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    support_name = table.Column<string>(type: "text", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    duration = table.Column<TimeSpan>(type: "interval", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    decider_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decide_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    expire_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_support_grants", x => new { x.tenant_id, x.id });
                });

            migrationBuilder.CreateTable(
                name: "support_expiries",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    grant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    due_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_support_expiries", x => new { x.tenant_id, x.grant_id });
                    table.ForeignKey(
                        name: "fk_support_expiries_support_grants_tenant_id_grant_id",
                        columns: x => new { x.tenant_id, x.grant_id },
                        principalTable: "support_grants",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Cascade);
                })
                .Annotation("Platform:WorkedOnAcrossTenants", true);

            migrationBuilder.CreateIndex(
                name: "ix_support_expiries_due_time",
                table: "support_expiries",
                column: "due_time");

            migrationBuilder.CreateIndex(
                name: "ix_support_grants_open",
                table: "support_grants",
                columns: new[] { "tenant_id", "support_user_id" },
                unique: true,
                filter: "state IN (1, 2)");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "support_expiries");

            migrationBuilder.DropTable(
                name: "support_grants");
        }
    }
}
