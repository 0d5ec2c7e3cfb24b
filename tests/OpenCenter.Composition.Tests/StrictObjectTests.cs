namespace OpenCenter.Composition.Tests;

/// <summary>Objects have the fields of their kind, of the right type, and no others.</summary>
public sealed class StrictObjectTests : IDisposable
{
    private const string Crd = """
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: widgets.example.com}
        spec:
          group: example.com
          scope: Namespaced
          names: {kind: Widget, plural: widgets}
          versions:
          - name: v1
            served: true
            storage: true
            schema:
              openAPIV3Schema:
                type: object
                properties:
                  spec:
                    type: object
                    required: [size]
                    properties:
                      size: {type: integer, minimum: 1}
                      mode: {type: string, enum: [fast, safe]}
                      image: {type: string, pattern: "^[a-z]+$"}
                      extra: {type: object, x-kubernetes-preserve-unknown-fields: true}

        """;

    private const string Web = "spec: {replicas: 1, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1'}]}}}";

    private readonly TestCluster _cluster = new TestCluster().Service("alpha");

    public void Dispose() => _cluster.Dispose();

    [Theory]
    [InlineData("spec: {replica: 2}", "spec.replica", "Did you mean 'replicas'?")]
    [InlineData("specs: {}", "specs", "Did you mean 'spec'?")]
    [InlineData("spec: {template: {spec: {containers: [{name: web, immage: 'web:1'}]}}}", "spec.template.spec.containers[0].immage", "Did you mean 'image'?")]
    [InlineData("spec: {template: {spec: {containers: [{name: web, livenessProbe: {httpGet: {prt: 80}}}]}}}", "spec.template.spec.containers[0].livenessProbe.httpGet.prt", "Did you mean 'port'?")]
    [InlineData("spec: {template: {spec: {ephemeralContainers: [{name: web, targetContainer: web}]}}}", "spec.template.spec.ephemeralContainers[0].targetContainer", "Did you mean 'targetContainerName'?")]
    public void A_misspelt_field_is_an_error_that_says_the_right_one(string rest, string field, string hint)
    {
        Object("Deployment", rest, "apps/v1");

        var found = _cluster.Expect("OC4030");

        Assert.Equal($"Deployment 'alpha/it': there is no field {field}. {hint}", found.Message);
        Assert.Equal(_cluster.PathOf("resources/alpha/it.yaml"), found.Place!.Value.File);
        Assert.Equal(6, found.Place!.Value.Line);
    }

    [Theory]
    [InlineData("apps/v1", "Deployment", "spec: {replicas: \"2\"}", "spec.replicas must be an integer, not quoted.")]
    [InlineData("apps/v1", "Deployment", "spec: {replicas: 1.5}", "spec.replicas must be an integer, not quoted.")]
    [InlineData("apps/v1", "Deployment", "spec: {paused: yes}", "spec.paused must be true or false, not quoted.")]
    [InlineData("apps/v1", "Deployment", "spec: {template: []}", "spec.template must be a map.")]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: {containers: {name: web}}}}", "spec.template.spec.containers must be a list.")]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: {containers: [null]}}}", "spec.template.spec.containers[0] must be a map.")]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: {containers: [{name: web, env: [{name: PORT, value: 80}]}]}}}", "spec.template.spec.containers[0].env[0].value must be a string; quote it.")]
    [InlineData("apps/v1", "Deployment", "spec: {template: {spec: {containers: [{name: web, resources: {limits: {memory: 1GB}}}]}}}", "spec.template.spec.containers[0].resources.limits.memory must be a quantity such as 2, 500m or 2Gi.")]
    [InlineData("v1", "Service", "spec: {ports: [{port: 80, targetPort: 1.5}]}", "spec.ports[0].targetPort must be an integer or a string.")]
    [InlineData("v1", "ConfigMap", "data: {enabled: true}", "data.enabled must be a string; quote it.")]
    public void A_value_of_another_type_is_an_error(string apiVersion, string kind, string rest, string expected)
    {
        Object(kind, rest, apiVersion);

        Assert.Equal($"{kind} 'alpha/it': {expected}", _cluster.Expect("OC4031").Message);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0.5")]
    [InlineData("\"500m\"")]
    [InlineData("2Gi")]
    [InlineData("5E")]
    [InlineData("1e3")]
    [InlineData("12e6")]
    [InlineData("-1.5Ki")]
    [InlineData(".5")]
    public void Every_quantity_of_Kubernetes_is_one(string quantity)
    {
        Object("LimitRange", $"spec: {{limits: [{{type: Container, max: {{memory: {quantity}}}}}]}}");

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("1 Gi")]
    [InlineData("\"\"")]
    [InlineData("1gi")]
    [InlineData("--1")]
    [InlineData(".")]
    [InlineData("1.2.3")]
    [InlineData("1e")]
    [InlineData("lots")]
    public void What_is_no_quantity_is_an_error(string quantity)
    {
        Object("LimitRange", $"spec: {{limits: [{{type: Container, max: {{memory: {quantity}}}}}]}}");

        Assert.Contains("a quantity such as", _cluster.Expect("OC4031").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_required_field_that_is_missing_is_an_error()
    {
        Object("Deployment", "spec: {template: {}}", "apps/v1");

        Assert.Equal("Deployment 'alpha/it' has no spec.selector, which is required.", _cluster.Expect("OC4032").Message);
    }

    [Theory]
    [InlineData("v1", "Service", "spec: {type: Loadbalancer}", "spec.type is 'Loadbalancer'; it must be one of ClusterIP, NodePort, LoadBalancer, ExternalName.")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "spec: {interval: 5 minutes, prune: true, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}", "spec.interval is '5 minutes'; it must be a duration such as 30s, 5m or 1h30m.")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "spec: {interval: 1d, prune: true, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}", "spec.interval is '1d'; it must be a duration such as 30s, 5m or 1h30m.")]
    [InlineData("source.toolkit.fluxcd.io/v1", "GitRepository", "spec: {interval: 5m, timeout: 1h, url: 'https://git.example.com/shop'}", "spec.timeout is '1h'; it must be a duration without hours, such as 90s or 5m.")]
    [InlineData("source.toolkit.fluxcd.io/v1", "OCIRepository", "spec: {interval: 5m, url: 'https://registry.example.com/shop'}", "spec.url is 'https://registry.example.com/shop'; it must be an address that begins with oci://.")]
    [InlineData("source.toolkit.fluxcd.io/v1", "GitRepository", "spec: {interval: 5m, url: 'git@git.example.com:shop'}", "spec.url is 'git@git.example.com:shop'; it must be an address that begins with http:// or https:// or ssh://.")]
    [InlineData("v1", "ConfigMap", "binaryData: {logo: 'not Base64!'}", "binaryData.logo is 'not Base64!'; it must be Base64.")]
    [InlineData("v1", "ConfigMap", "metadata: {name: it, labels: {team: 'a b'}}", "metadata.labels.team is 'a b'; it must be at most 63 letters, digits, '-', '_' and '.', with a letter or digit at both ends.")]
    public void A_value_that_Kubernetes_or_Flux_refuses_is_an_error(string apiVersion, string kind, string rest, string expected)
    {
        var text = rest.StartsWith("metadata", StringComparison.Ordinal) ? $"apiVersion: {apiVersion}\nkind: {kind}\n{rest}\n" : TestCluster.Manifest(kind, "it", "alpha", apiVersion, rest + "\n");
        _cluster.File("resources/alpha/it.yaml", text);

        Assert.Equal($"{kind} 'alpha/it': {expected}", _cluster.Expect("OC4033").Message);
    }

    [Fact]
    public void A_value_that_may_be_secret_is_not_in_the_message()
    {
        Object("Service", "spec: {type: \"ghp_0123456789abcdefghijABCDEFGHIJ012345\"}");

        Assert.Contains("spec.type is '(hidden)'", _cluster.Expect("OC4033").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata: {name: it, labels: {'a b': x}}", "metadata.labels.a b")]
    [InlineData("metadata: {name: it, annotations: {'_a/b': x}}", "metadata.annotations._a/b")]
    [InlineData("metadata: {name: it}\ndata: {'my file': x}", "data.my file")]
    public void A_key_that_Kubernetes_refuses_is_an_error(string rest, string key)
    {
        _cluster.File("resources/alpha/it.yaml", $"apiVersion: v1\nkind: ConfigMap\n{rest}\n");

        Assert.StartsWith($"ConfigMap 'alpha/it': the key of {key} must be", _cluster.Expect("OC4034").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Annotations_of_more_than_256_KiB_are_an_error()
    {
        _cluster.File("resources/alpha/it.yaml", $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: it, annotations: {{a: {new string('x', 262144)}}}}}\n");

        Assert.Contains("its annotations have 262145 bytes together", _cluster.Expect("OC4037").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_entries_of_one_name_are_an_error()
    {
        Object("Pod", "spec: {containers: [{name: web, env: [{name: A, value: x}, {name: A, value: z}]}]}");

        Assert.Equal("Pod 'alpha/it': spec.containers[0].env has two entries with the name 'A'. Remove or rename one of them.", _cluster.Expect("OC4035").Message);
    }

    [Theory]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", "spec: {interval: 5m}", "spec must have exactly one of chart, chartRef.")]
    [InlineData("v1", "Pod", "spec: {containers: [{name: web, livenessProbe: {exec: {command: [a]}, httpGet: {port: 80}}}]}", "spec.containers[0].livenessProbe must have exactly one of exec, grpc, httpGet, tcpSocket.")]
    public void None_or_two_fields_of_which_one_is_needed_are_an_error(string apiVersion, string kind, string rest, string expected)
    {
        Object(kind, rest, apiVersion);

        Assert.Equal($"{kind} 'alpha/it': {expected}", _cluster.Expect("OC4039").Message);
    }

    [Theory]
    [InlineData("v1", "Service", 64, "63 lower-case letters, digits and '-'", "spec: {ports: [{port: 80}]}")]
    [InlineData("batch/v1", "CronJob", 53, "52 characters long, since its Jobs' names are longer", "spec: {schedule: '@daily', jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}")]
    [InlineData("kustomize.toolkit.fluxcd.io/v1", "Kustomization", 64, "63 characters long: Flux writes it into a label", "spec: {interval: 5m, prune: true, sourceRef: {kind: GitRepository, name: flux-system, namespace: flux-system}}")]
    [InlineData("helm.toolkit.fluxcd.io/v2", "HelmRelease", 64, "63 characters long: Flux writes it into a label", "spec: {interval: 5m, releaseName: it, chart: {spec: {chart: it, version: 1.0.0, sourceRef: {kind: HelmRepository, name: alpha}}}}")]
    public void A_name_that_is_too_long_for_its_kind_is_an_error(string apiVersion, string kind, int length, string limit, string rest)
    {
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest(kind, new string('a', length), "alpha", apiVersion, rest + "\n"));
        Assert.Equal($"{kind} 'alpha/{new string('a', length)}': the name of such an object must be at most {limit}.", _cluster.Expect("OC4036").Message);

        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest(kind, new string('a', length - 1), "alpha", apiVersion, rest + "\n"));
        _cluster.BuildClean();
    }

    [Fact]
    public void A_name_with_a_dot_is_none_for_a_Service()
    {
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest("Service", "a.b", "alpha", "v1", "spec: {ports: [{port: 80}]}\n"));

        Assert.Equal("Service 'alpha/a.b': the name of such an object must be at most 63 lower-case letters, digits and '-'.", _cluster.Expect("OC4036").Message);
    }

    [Theory]
    [InlineData("policy/v1beta1", "PodDisruptionBudget", "policy/v1")]
    [InlineData("helm.toolkit.fluxcd.io/v2beta2", "HelmRelease", "helm.toolkit.fluxcd.io/v2")]
    public void A_version_that_is_gone_is_an_error_that_says_todays(string apiVersion, string kind, string served)
    {
        Object(kind, "spec: {}", apiVersion);

        Assert.Contains($"does not have this kind as {apiVersion}. Write {served},", _cluster.Expect("OC4038").Message, StringComparison.Ordinal);
    }

    /// <summary>A cluster may have switched it on.</summary>
    [Fact]
    public void An_alpha_version_is_left_alone()
    {
        Object("PodDisruptionBudget", "spec: {}", "policy/v1alpha1");

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code == "OC4038");
    }

    [Fact]
    public void A_version_that_the_clusters_older_Flux_may_have_is_left_alone()
    {
        _cluster.Property("FluxVersion", "2.7");
        Object("HelmRelease", "spec: {}", "helm.toolkit.fluxcd.io/v2beta2");

        Assert.DoesNotContain(_cluster.Build().Diagnostics, found => found.Code == "OC4038");
    }

    [Theory]
    [InlineData("2.8", "spec.buildMetadata", "2.9", "buildMetadata: [originAnnotations]")]
    [InlineData("2.6", "spec.ignoreMissingComponents", "2.7", "ignoreMissingComponents: true")]
    [InlineData("2.6", "spec.dependsOn[0].readyExpr", "2.7", "dependsOn: [{name: flux-system, readyExpr: 'true'}]")]
    public void A_field_that_the_clusters_Flux_does_not_have_yet_is_an_error(string version, string field, string since, string entry)
    {
        _cluster.Property("FluxVersion", version).File("resources/alpha/it.yaml", TestCluster.Manifest("Kustomization", "it", "flux-system", "kustomize.toolkit.fluxcd.io/v1", $"spec: {{interval: 5m, prune: true, sourceRef: {{kind: GitRepository, name: flux-system}}, {entry}}}\n"));
        Assert.Equal($"Kustomization 'flux-system/it': {field} exists since Flux {since}, and FluxVersion is {version}. Remove the field, or raise FluxVersion after upgrading Flux.", _cluster.Expect("OC4014").Message);

        _cluster.Property("FluxVersion", since);
        _cluster.BuildClean();
    }

    [Fact]
    public void A_misspelt_field_of_a_packages_release_has_its_place_in_the_descriptor()
    {
        _cluster.Service("beta", TestCluster.DefaultSpec("beta") + "\n    spec: {upgrade: {cleanUpOnFail: true}}");

        var found = _cluster.Expect("OC4030");

        Assert.Equal("HelmRelease 'beta/beta': there is no field spec.upgrade.cleanUpOnFail. Did you mean 'cleanupOnFail'?", found.Message);
        Assert.Equal(_cluster.PackageFile("beta", "service.yaml"), found.Place!.Value.File);
    }

    [Theory]
    [InlineData("spec: {replicas: null, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1'}]}}}")]
    [InlineData("spec: {replicas: ${REPLICAS}, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: '${APP:=web}'}}, spec: {containers: [{name: web, image: 'web:1', imagePullPolicy: '${PULL}'}]}}}")]
    public void Null_and_what_Flux_substitutes_are_no_false_alarm(string rest)
    {
        Object("Deployment", rest.Replace("${REPLICAS}", "\"${REPLICAS}\"", StringComparison.Ordinal), "apps/v1");

        _cluster.BuildClean();
    }

    [Theory]
    [InlineData("spec: {timeout: 20m, upgrade: {$patch: replace, timeOut: 5m}}", "spec.upgrade.timeOut. Did you mean 'timeout'?")]
    [InlineData("spec: {upgrade: {timeOut: null}}", "spec.upgrade.timeOut. Did you mean 'timeout'?")]
    [InlineData("spec: {valuesFrom: [{$patch: replace}, {kind: Secret, name: alpha-values}]}", "spec.valuesFrom[0].$patch.")]
    public void A_misspelt_field_that_a_patch_brings_is_an_error_at_its_place(string patch, string expected)
    {
        _cluster.File("patches/alpha/release.yaml", TestCluster.Manifest("HelmRelease", "alpha", "alpha", "helm.toolkit.fluxcd.io/v2", patch + "\n"));

        Found("OC4030", "patches/alpha/release.yaml", 6, $"HelmRelease 'alpha/alpha' as patched: there is no field {expected}");
    }

    [Theory]
    [InlineData("OC4030", "- {op: add, path: /spec/replica, value: 2}", ": there is no field spec.replica. Did you mean 'replicas'?")]
    [InlineData("OC4030", "- {op: add, path: /spec/update, value: {a: b}}", ": there is no field spec.update.")]
    [InlineData("OC4031", "- {op: replace, path: /spec/replicas, value: two}", ": spec.replicas must be an integer, not quoted.")]
    [InlineData("OC4034", "- {op: add, path: /metadata/labels, value: {a b: c}}", ": the key of metadata.labels.a b must be")]
    public void A_wrong_field_of_a_JSON_patch_is_an_error_at_its_place(string code, string operation, string expected)
    {
        Patched("Deployment", Web, "apps/v1", $"patches:\n- target: {{kind: Deployment}}\n  patch: |\n    {operation}\n");

        Found(code, "applications/shop/kustomization.yaml", 6, $"Deployment 'shop/it' as patched{expected}");
    }

    [Fact]
    public void A_wrong_field_of_a_patch_that_stands_in_a_kustomization_is_an_error_at_its_place()
    {
        Patched("Deployment", Web, "apps/v1", "patches:\n- patch: |\n    apiVersion: apps/v1\n    kind: Deployment\n    metadata: {name: it}\n    spec: {replica: 2}\n");

        Found("OC4030", "applications/shop/kustomization.yaml", 5, "Deployment 'shop/it' as patched: there is no field spec.replica. Did you mean 'replicas'?");
    }

    [Fact]
    public void A_required_field_that_a_patch_takes_away_is_missing()
    {
        Patched("Deployment", Web, "apps/v1", "patches:\n- target: {kind: Deployment}\n  patch: '[{op: remove, path: /spec/selector}]'\n");

        Found("OC4032", "applications/shop/it.yaml", 6, "Deployment 'shop/it' as patched has no spec.selector, which is required.");
    }

    [Theory]
    [InlineData("spec: {}", "spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1'}]}}}")]
    [InlineData("spec: {selector: {matchLabels: {app: web}}, replica: 2, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1'}]}}}", "spec: {replica: null}")]
    [InlineData("spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1'}]}}}", "spec: {template: {spec: {containers: [{name: web, tty: true}]}}}")]
    [InlineData("spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: 'web:1', ports: [{containerPort: 53, protocol: TCP}, {containerPort: 53, protocol: UDP}]}]}}}", "spec: {template: {spec: {containers: [{name: web, ports: [{containerPort: 53, protocol: UDP, name: dns}]}]}}}")]
    public void An_object_that_a_patch_makes_valid_is_valid(string rest, string patch)
    {
        Patched("Deployment", rest, "apps/v1", "patches: [{path: p.yaml}]\n");
        _cluster.File("applications/shop/p.yaml", TestCluster.Manifest("Deployment", "it", apiVersion: "apps/v1", rest: patch + "\n"));

        _cluster.BuildClean();
    }

    /// <summary>Of what Flux fetches nothing is known here but what the patch says.</summary>
    [Theory]
    [InlineData("apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replica: 2}\n", 4)]
    [InlineData("target: {kind: Deployment}\npatch: |\n  apiVersion: apps/v1\n  kind: Deployment\n  metadata: {name: web}\n  spec: {replica: 2}\n", 2)]
    public void A_misspelt_field_of_a_patch_for_what_Flux_fetches_is_an_error_and_what_it_leaves_out_is_none(string patch, int line)
    {
        _cluster.Service("beta", "namespaces: [{name: beta, podSecurity: restricted}]\ncomponents:\n- name: 00-beta\n  git: {url: https://git.example.com/beta, tag: v1.0.0, path: deploy, targetNamespace: beta}")
            .File("patches/beta/p.yaml", patch);

        Found("OC4030", "patches/beta/p.yaml", line, "The patch of Deployment 'web': there is no field spec.replica. Did you mean 'replicas'?");
    }

    [Fact]
    public void A_misspelt_field_of_a_kustomization_is_an_error()
    {
        _cluster.File("applications/shop/kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: shop\nresources: [it.yaml]\nconfigMapGenerators: []\n")
            .File("applications/shop/it.yaml", TestCluster.Manifest("ConfigMap", "it", "shop"));

        Assert.Equal("Kustomization: there is no field configMapGenerators. Did you mean 'configMapGenerator'?", _cluster.Expect("OC4030").Message);
    }

    [Theory]
    [InlineData("spec: {size: 0}", "OC4033", "spec.size is '0'; it must be at least 1.")]
    [InlineData("spec: {size: big}", "OC4031", "spec.size must be an integer, not quoted.")]
    [InlineData("spec: {size: 1, mode: slow}", "OC4033", "spec.mode is 'slow'; it must be one of fast, safe.")]
    [InlineData("spec: {size: 1, image: A1}", "OC4033", "spec.image is 'A1'; it must be a text that matches ^[a-z]+$.")]
    [InlineData("spec: {size: 1, modes: fast}", "OC4030", "there is no field spec.modes. Did you mean 'mode'?")]
    public void A_custom_resource_is_held_against_the_definition_that_the_project_carries(string rest, string code, string expected)
    {
        _cluster.File("crds/widgets.yaml", Crd);
        Object("Widget", rest, "example.com/v1");

        Assert.Equal($"Widget 'alpha/it': {expected}", _cluster.Expect(code).Message);
    }

    [Fact]
    public void A_custom_resource_is_held_against_the_definition_that_its_package_carries()
    {
        _cluster.Service("beta", TestCluster.DefaultSpec("beta"), files: [("crds/widgets.yaml", Crd), ("manifests/it.yaml", TestCluster.Manifest("Widget", "it", "beta", "example.com/v1", "spec: {}\n"))]);

        Assert.Equal("Widget 'beta/it' has no spec.size, which is required.", _cluster.Expect("OC4032").Message);
    }

    [Fact]
    public void A_custom_resource_is_held_against_the_definition_that_the_tree_applies()
    {
        _cluster.File("resources/alpha/crd.yaml", Crd);
        Object("Widget", "spec: {}", "example.com/v1");

        _cluster.Expect("OC4032");
    }

    [Fact]
    public void A_custom_resource_that_fits_its_definition_passes()
    {
        _cluster.File("crds/widgets.yaml", Crd);
        Object("Widget", "spec: {size: 3, mode: safe, image: web, extra: {anything: [goes]}}", "example.com/v1");

        _cluster.BuildClean();
    }

    [Fact]
    public void A_version_that_a_definition_does_not_serve_is_an_error()
    {
        _cluster.File("crds/widgets.yaml", Crd);
        Object("Widget", "spec: {size: 1}", "example.com/v1alpha1");

        Assert.Contains("does not have this kind as example.com/v1alpha1. Write example.com/v1,", _cluster.Expect("OC4038").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_version_that_a_definition_has_and_no_longer_serves_is_an_error_that_says_which_it_does()
    {
        _cluster.File("crds/widgets.yaml", $"{Crd.TrimEnd()}\n  - {{name: v2, served: true}}\n  - {{name: v1beta1, served: false}}\n");
        Object("Widget", "spec: {size: 1}", "example.com/v1beta1");

        Assert.Contains("as example.com/v1beta1. Write example.com/v1 or example.com/v2,", _cluster.Expect("OC4038").Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_custom_resource_is_held_against_the_definition_of_its_own_kind()
    {
        _cluster.File("resources/alpha/a.yaml", Crd.Replace("idget", "adget", StringComparison.Ordinal).Replace("[size]", "[weight]", StringComparison.Ordinal)).File("resources/alpha/crd.yaml", Crd);
        Object("Widget", "spec: {}", "example.com/v1");

        Assert.Equal("Widget 'alpha/it' has no spec.size, which is required.", _cluster.Expect("OC4032").Message);
    }

    [SkippableTheory]
    [InlineData("metallb.io/v1beta1", "IPAddressPool", "spec: {adresses: [10.0.0.0/24]}", "there is no field spec.adresses. Did you mean 'addresses'?")]
    [InlineData("cert-manager.io/v1", "Certificate", "spec: {secretName: tls, dnsName: [a.example.com], issuerRef: {name: ca}}", "there is no field spec.dnsName. Did you mean 'dnsNames'?")]
    [InlineData("apps/v1", "Deployment", "spec: {replica: 2}", "there is no field spec.replica. Did you mean 'replicas'?")]
    public void An_object_is_held_against_the_schema_in_a_folder_of_ClusterSchemas(string apiVersion, string kind, string rest, string expected)
    {
        Needs.SharedData();
        _cluster.Item("ClusterSchemas", Path.Combine(Needs.Shared, "schemas"));
        Object(kind, rest, apiVersion);

        Assert.Equal($"{kind} 'alpha/it': {expected}", _cluster.Expect("OC4030").Message);
    }

    [Theory]
    [InlineData("example.com/v1", "Pool", true)]
    [InlineData("../v1", "Pool", false)]
    [InlineData("example.com/v1", "/../../Pool", false)]
    public void A_schema_is_looked_for_in_its_folder_alone(string apiVersion, string kind, bool isFound)
    {
        const string Schema = """{"type": "object", "properties": {"spec": {"type": "object", "properties": {"size": {"type": "string"}}}}}""";
        _cluster.File("schemas/example.com/pool_v1.json", Schema).File("pool_v1.json", Schema).Item("ClusterSchemas", "schemas");
        Object(kind, "spec: {sise: large}", apiVersion);

        Assert.Equal(isFound, _cluster.Build().Diagnostics.Any(found => found.Code == "OC4030"));
    }

    private void Object(string kind, string rest, string apiVersion = "v1") =>
        _cluster.File("resources/alpha/it.yaml", TestCluster.Manifest(kind, "it", "alpha", apiVersion, rest + "\n"));

    // In the application 'shop', which patches it.
    private void Patched(string kind, string rest, string apiVersion, string patches) =>
        _cluster.File("applications/shop/it.yaml", TestCluster.Manifest(kind, "it", "shop", apiVersion, rest + "\n"))
            .File("applications/shop/kustomization.yaml", $"apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [it.yaml]\n{patches}");

    private void Found(string code, string file, int line, string message)
    {
        var found = _cluster.Expect(code);

        Assert.StartsWith(message, found.Message, StringComparison.Ordinal);
        Assert.Equal((_cluster.PathOf(file), line), (found.Place!.Value.File, found.Place.Value.Line));
    }
}
