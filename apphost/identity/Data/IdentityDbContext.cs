using Microsoft.EntityFrameworkCore;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Data;

internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : DbContext(options)
{
    public DbSet<UserSession> Sessions => Set<UserSession>();

    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();

    public DbSet<RealmRegistration> RealmRegistrations => Set<RealmRegistration>();

    public static void Configure(DbContextOptionsBuilder builder, string connectionString) =>
        builder.UseNpgsql(connectionString).UseSnakeCaseNamingConvention().UseOpenIddict();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<UserSession>(session =>
        {
            session.ToTable("sessions");
            session.HasKey(row => row.Id);
            session.Property(row => row.Id).ValueGeneratedNever();
            session.Property(row => row.UserId).HasMaxLength(64);
            session.HasIndex(row => row.UserId);
            session.HasIndex(row => row.ExpiresAt);
        });
        modelBuilder.Entity<RealmRegistration>(registration =>
        {
            registration.ToTable("realm_registrations");
            registration.HasKey(row => row.Realm);
            registration.Property(row => row.Realm).HasMaxLength(128);
            registration.Property(row => row.Fingerprint).HasMaxLength(64);
        });
        modelBuilder.Entity<SignInFailures>(failures =>
        {
            failures.ToTable("sign_in_failures");
            failures.HasKey(row => row.Account);
            failures.Property(row => row.Account).HasMaxLength(64);
            failures.HasIndex(row => row.LastFailureAt);
        });
    }
}
