using Platform.Audit.V1;
using Platform.Data;
using Platform.Hosting;
using Platform.Invocation;
using Platform.Tenants;
using Platform.Tenants.ApiKeys;
using Platform.Tenants.Audit;
using Platform.Tenants.Lifecycle;
using Platform.Tenants.Policies;
using Platform.Tenants.Roles;
using Platform.Tenants.SignIns;
using Platform.Tenants.Teams;
using AuditService = Platform.Tenants.Audit.AuditService;

var builder = WebApplication.CreateBuilder(args);
builder.AddPlatform(DaprNames.Tenants).AddDatabase<TenantsDbContext>(DaprNames.Tenants);
builder.AddTenants().AddSignIns();

var app = builder.Build();
app.MapPlatform(events => events.On<HeadSealed, TenantsDbContext>(OnHeadSealed.Handle));
app.MapGrpcService<TenantsService>();
app.MapGrpcService<TenantLifecycleService>();
app.MapGrpcService<AuditService>();
app.MapGrpcService<ApiKeysService>();
app.MapGrpcService<RolesService>();
app.MapGrpcService<TeamsService>();
app.MapGrpcService<PoliciesService>();
app.MapGrpcService<SignInsService>();
app.Run();
