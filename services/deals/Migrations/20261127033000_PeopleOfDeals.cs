using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Platform.Deals.Migrations
{
    /// <inheritdoc />
    public partial class PeopleOfDeals : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(global::Platform.Deals.Roles.PeopleOfDeals.CreateIndex);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql(global::Platform.Deals.Roles.PeopleOfDeals.DropIndex);
    }
}
