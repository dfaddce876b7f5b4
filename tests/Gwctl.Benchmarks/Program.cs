using Gwctl.Benchmarks;

return args is ["specs", var folder, var routes] ? WriteSpecs(folder, int.Parse(routes)) : 1;

static int WriteSpecs(string folder, int routes)
{
    ScaleSpecs.Write(folder, routes);
    return 0;
}
