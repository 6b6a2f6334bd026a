extern alias contacts;
extern alias records;
using Microsoft.AspNetCore.Hosting;
using Platform.Testing;

namespace Platform.Benchmarks.Fields;

/// <summary>A service as it is, on a database of its own.</summary>
internal abstract class MeasuredService<TProgram>(string appId) : ServiceFixture<TProgram>(appId)
    where TProgram : class
{
    protected override IEnumerable<(string Name, string Value)> Settings => [(WebHostDefaults.ContentRootKey, AppContext.BaseDirectory)];
}

internal class MeasuredContacts() : MeasuredService<contacts::Program>("contacts");

internal sealed class MeasuredRecords() : MeasuredService<records::Program>("records");
