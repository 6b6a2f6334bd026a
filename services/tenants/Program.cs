using Platform.Audit.V1;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Pipelines.V1;
using Platform.Tenants;
using Platform.Tenants.Audit;
using Platform.Tenants.IdentityProviders;
using Platform.Tenants.Invitations;
using Platform.Tenants.Pipelines;
using Platform.Tenants.SignIns;
using Platform.Tenants.SupportAccess;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Tenants).AddDatabase<TenantsDbContext>(DaprNames.Tenants);
builder.AddTenants().AddSignIns().AddSupportAccess().AddIdentityProviders().AddInvitations();

var app = builder.Build();
app.MapPlatform(events => events
    .On<HeadSealed, TenantsDbContext>(OnHeadSealed.Handle)
    .On<PipelineChanged, TenantsDbContext>(OnPipelineChanged.Handle));
app.MapTenants();
app.Run();
