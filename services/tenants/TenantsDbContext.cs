using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Tenants.Access;
using Platform.Tenants.ApiKeys;
using Platform.Tenants.ExchangeRates;
using Platform.Tenants.ExternalApps;
using Platform.Tenants.IdentityProviders;
using Platform.Tenants.Invitations;
using Platform.Tenants.Lifecycle;
using Platform.Tenants.Audit;
using Platform.Tenants.Members;
using Platform.Tenants.Newcomers;
using Platform.Tenants.Pipelines;
using Platform.Tenants.Policies;
using Platform.Tenants.Roles;
using Platform.Tenants.Shares;
using Platform.Tenants.SignIns;
using Platform.Tenants.SupportAccess;
using Platform.Tenants.Teams;
using Platform.Tenants.Tenants;

namespace Platform.Tenants;

/// <summary>The unit of work of the tenants domain.</summary>
public sealed class TenantsDbContext(DbContextOptions<TenantsDbContext> options) : PlatformDbContext(options)
{
    internal DbSet<Tenant> Tenants => Set<Tenant>();

    internal DbSet<TenantPurge> Purges => Set<TenantPurge>();

    internal DbSet<LimitShare> LimitShares => Set<LimitShare>();

    internal DbSet<Member> Members => Set<Member>();

    internal DbSet<CustomRole> CustomRoles => Set<CustomRole>();

    internal DbSet<Team> Teams => Set<Team>();

    internal DbSet<TeamMember> TeamMembers => Set<TeamMember>();

    internal DbSet<Policy> Policies => Set<Policy>();

    internal DbSet<TeamPipeline> TeamPipelines => Set<TeamPipeline>();

    internal DbSet<AccessVersion> AccessVersions => Set<AccessVersion>();

    internal DbSet<ExchangeRate> ExchangeRates => Set<ExchangeRate>();

    internal DbSet<RateVersion> RateVersions => Set<RateVersion>();

    internal DbSet<NotedHead> NotedHeads => Set<NotedHead>();

    internal DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    internal DbSet<ExternalApp> ExternalApps => Set<ExternalApp>();

    internal DbSet<IdentityProvider> IdentityProviders => Set<IdentityProvider>();

    internal DbSet<Invitation> Invitations => Set<Invitation>();

    internal DbSet<FormerMember> FormerMembers => Set<FormerMember>();

    internal DbSet<SupportGrant> SupportGrants => Set<SupportGrant>();

    internal DbSet<SupportExpiry> SupportExpiries => Set<SupportExpiry>();

    internal DbSet<SignIn> SignIns => Set<SignIn>();

    internal DbSet<KnownDevice> KnownDevices => Set<KnownDevice>();

    internal DbSet<BrowserNote> BrowserNotes => Set<BrowserNote>();

    /// <inheritdoc />
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<V1.OidcSettings>().HaveConversion<MessageConverter<V1.OidcSettings>, MessageComparer<V1.OidcSettings>>().HaveColumnType("jsonb");
        configurationBuilder.Properties<V1.SamlSettings>().HaveConversion<MessageConverter<V1.SamlSettings>, MessageComparer<V1.SamlSettings>>().HaveColumnType("jsonb");
        configurationBuilder.Properties<V1.Limits>().HaveConversion<MessageConverter<V1.Limits>, MessageComparer<V1.Limits>>().HaveColumnType("jsonb");
    }

    /// <inheritdoc />
    protected override void Map(ModelBuilder model)
    {
        TenantConfiguration.Map(model.Entity<Tenant>());
        TenantPurge.Map(model.Entity<TenantPurge>());
        LimitShare.Map(model.Entity<LimitShare>());
        MemberConfiguration.Map(model.Entity<Member>());
        CustomRole.Map(model.Entity<CustomRole>());
        TeamConfiguration.Map(model.Entity<Team>());
        TeamConfiguration.Map(model.Entity<TeamMember>());
        PolicyConfiguration.Map(model.Entity<Policy>());
        TeamPipeline.Map(model.Entity<TeamPipeline>());
        AccessVersion.Map(model.Entity<AccessVersion>());
        ExchangeRateConfiguration.Map(model.Entity<ExchangeRate>());
        RateVersion.Map(model.Entity<RateVersion>());
        NotedHead.Map(model.Entity<NotedHead>());
        ApiKeyConfiguration.Map(model.Entity<ApiKey>());
        ApiKeyConfiguration.Map(model.Entity<ApiKeyUse>());
        ExternalApp.Map(model.Entity<ExternalApp>());
        IdentityProvider.Map(model.Entity<IdentityProvider>());
        Invitation.Map(model.Entity<Invitation>());
        FormerMember.Map(model.Entity<FormerMember>());
        SupportGrant.Map(model.Entity<SupportGrant>());
        SupportExpiry.Map(model.Entity<SupportExpiry>());
        MemberKey.Map(model.Entity<MemberKey>());
        SignIn.Map(model.Entity<SignIn>());
        KnownDevice.Map(model.Entity<KnownDevice>());
        BrowserNote.Map(model.Entity<BrowserNote>());
        JournalCursor.Map(model.Entity<JournalCursor>());
    }
}
