using Microsoft.EntityFrameworkCore;
using Platform.Identity.Brokering;
using Platform.Identity.Events;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;

namespace Platform.Identity.Data;

internal sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : DbContext(options)
{
    public DbSet<UserSession> Sessions => Set<UserSession>();

    public DbSet<SignInFailures> SignInFailures => Set<SignInFailures>();

    public DbSet<RealmRegistration> RealmRegistrations => Set<RealmRegistration>();

    public DbSet<RealmRecord> RealmRecords => Set<RealmRecord>();

    public DbSet<SignInEvent> Events => Set<SignInEvent>();

    public DbSet<LogoutNotice> LogoutNotices => Set<LogoutNotice>();

    public DbSet<Consent> Consents => Set<Consent>();

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
            session.Property(row => row.Methods).HasMaxLength(64).HasDefaultValue(SignInMethods.Password);
            session.Property(row => row.IpAddress).HasMaxLength(64);
            session.Property(row => row.UserAgent).HasMaxLength(256);
            session.Property(row => row.Provider).HasMaxLength(64);
            session.Property(row => row.ProviderName).HasMaxLength(BrokeredIdentity.MaxLength);
            session.Property(row => row.ProviderNameFormat).HasMaxLength(BrokeredIdentity.MaxLength);
            session.Property(row => row.ProviderNameQualifier).HasMaxLength(BrokeredIdentity.MaxLength);
            session.Property(row => row.ProviderSpNameQualifier).HasMaxLength(BrokeredIdentity.MaxLength);
            session.Property(row => row.ProviderSession).HasMaxLength(BrokeredIdentity.MaxLength);
            session.HasIndex(row => new { row.Provider, row.ProviderName }).HasFilter("provider is not null");
            session.HasMany(row => row.Clients).WithOne().HasForeignKey(client => client.SessionId);
        });
        modelBuilder.Entity<SessionClient>(client =>
        {
            client.ToTable("session_clients");
            client.HasKey(row => new { row.SessionId, row.ClientId });
            client.Property(row => row.ClientId).HasMaxLength(255);
        });
        modelBuilder.Entity<LogoutNotice>(notice =>
        {
            notice.ToTable("logout_notices");
            notice.HasKey(row => row.Id);
            notice.Property(row => row.Id).ValueGeneratedNever();
            notice.Property(row => row.ClientId).HasMaxLength(255);
            notice.Property(row => row.UserId).HasMaxLength(64);
            notice.HasIndex(row => row.DueAt);
        });
        modelBuilder.Entity<RealmRecord>(record =>
        {
            record.ToTable("realm_records");
            record.HasKey(row => new { row.Kind, row.Id });
            record.Property(row => row.Kind).HasMaxLength(32);
            record.Property(row => row.Id).HasMaxLength(255);
        });
        modelBuilder.Entity<SignInEvent>(entry =>
        {
            entry.ToTable("sign_in_events");
            entry.HasKey(row => row.Id);
            entry.Property(row => row.Id).ValueGeneratedNever();
            entry.Property(row => row.Type).HasMaxLength(64);
            entry.Property(row => row.ClientId).HasMaxLength(255);
            entry.Property(row => row.UserId).HasMaxLength(64);
            entry.Property(row => row.SessionId).HasMaxLength(64);
            entry.Property(row => row.IpAddress).HasMaxLength(64);
            entry.Property(row => row.UserAgent).HasMaxLength(256);
            entry.Property(row => row.OrganizationId).HasMaxLength(64);
            entry.Property(row => row.Error).HasMaxLength(64);
            entry.Property(row => row.CredentialType).HasMaxLength(64);
            entry.Property(row => row.IdentityProvider).HasMaxLength(64);
            entry.Property(row => row.Reason).HasMaxLength(64);
            entry.HasIndex(row => row.Time);
            entry.HasIndex(row => new { row.UserId, row.Time });
        });
        modelBuilder.Entity<Consent>(consent =>
        {
            consent.ToTable("consents");
            consent.HasKey(row => new { row.UserId, row.ClientId });
            consent.Property(row => row.UserId).HasMaxLength(64);
            consent.Property(row => row.ClientId).HasMaxLength(255);
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
