using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Contacts.Migrations
{
    /// <inheritdoc />
    public partial class Relations : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "time_zone",
                table: "people",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.CreateTable(
                name: "relations",
                columns: table => new
                {
                    tenant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    from_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    from_company_id = table.Column<Guid>(type: "uuid", nullable: true),
                    to_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    to_company_id = table.Column<Guid>(type: "uuid", nullable: true),
                    label = table.Column<string>(type: "text", nullable: false),
                    reverse_label = table.Column<string>(type: "text", nullable: false),
                    create_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    update_time = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_relations", x => new { x.tenant_id, x.id });
                    table.CheckConstraint("ck_relations_ends", "num_nonnulls(from_person_id, from_company_id) = 1 AND num_nonnulls(to_person_id, to_company_id) = 1");
                    table.ForeignKey(
                        name: "fk_relations_from_companies",
                        columns: x => new { x.tenant_id, x.from_company_id },
                        principalTable: "companies",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relations_from_people",
                        columns: x => new { x.tenant_id, x.from_person_id },
                        principalTable: "people",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relations_to_companies",
                        columns: x => new { x.tenant_id, x.to_company_id },
                        principalTable: "companies",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_relations_to_people",
                        columns: x => new { x.tenant_id, x.to_person_id },
                        principalTable: "people",
                        principalColumns: new[] { "tenant_id", "id" },
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_relations_tenant_id_from_company_id_id",
                table: "relations",
                columns: new[] { "tenant_id", "from_company_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_relations_tenant_id_from_person_id_id",
                table: "relations",
                columns: new[] { "tenant_id", "from_person_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_relations_tenant_id_to_company_id_id",
                table: "relations",
                columns: new[] { "tenant_id", "to_company_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_relations_tenant_id_to_person_id_id",
                table: "relations",
                columns: new[] { "tenant_id", "to_person_id", "id" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "relations");

            migrationBuilder.DropColumn(
                name: "time_zone",
                table: "people");
        }
    }
}
