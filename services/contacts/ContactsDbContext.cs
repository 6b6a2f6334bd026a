using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Companies;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Contacts;

/// <summary>The unit of work of the contacts domain.</summary>
public sealed class ContactsDbContext(DbContextOptions<ContactsDbContext> options, Caller caller) : PlatformDbContext(options, caller)
{
    internal DbSet<Company> Companies => Set<Company>();

    /// <inheritdoc />
    protected override void Map(ModelBuilder model) => CompanyConfiguration.Map(model.Entity<Company>());
}
